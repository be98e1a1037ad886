//! The files of `dialogues/` as they were when the program was built. Written by `build.rs`.

include!(concat!(env!("OUT_DIR"), "/dialogues.rs"));
