//! Memory that only the start needed is given back. A start runs through most of the program once: reading settings, content
//! and database. The system keeps the pages of the program that it came by in memory for as long as nobody else wants
//! them, several times as many as waiting for messages needs. On the smallest machine somebody does.

/// Gives back the pages of the program and its libraries that nobody can have written to. What is needed again comes back
/// from the file, or from where the system remembers it. Does nothing where the system is not Linux, or does not say
/// what the program consists of.
pub fn give_back_program() {
    #[cfg(target_os = "linux")]
    linux::give_back_program();
}

#[cfg(target_os = "linux")]
mod linux {
    use std::fs;
    use std::ops::Range;

    pub(super) fn give_back_program() {
        if let Ok(maps) = fs::read_to_string("/proc/self/maps") {
            never_written(&maps).into_iter().for_each(give_back);
        }
    }

    /// A mapping, as a line of `/proc/self/maps` tells it: proc_pid_maps(5).
    struct Mapping<'a> {
        place: Range<usize>,
        rights: &'a str,
        /// Device and number of its file; number 0 when it has none.
        file: (&'a str, &'a str),
    }

    fn mapping(line: &str) -> Option<Mapping<'_>> {
        let mut fields = line.split_ascii_whitespace();
        let (place, rights) = (fields.next()?, fields.next()?);
        let (_offset, device, number) = (fields.next()?, fields.next()?, fields.next()?);
        let (from, to) = place.split_once('-')?;
        let address = |digits| usize::from_str_radix(digits, 16).ok();
        Some(Mapping {
            place: address(from)?..address(to)?,
            rights,
            file: (device, number),
        })
    }

    /// Code out of a file, and what is only read in front of it: constants. Behind the code lie pages that can only be read
    /// now but were written to when the program was loaded.
    pub(super) fn never_written(maps: &str) -> Vec<Range<usize>> {
        let (mut found, mut before) = (Vec::new(), None::<Mapping<'_>>);
        for mapping in maps.lines().filter_map(mapping) {
            if mapping.rights == "r-xp" && mapping.file.1 != "0" {
                found.extend(
                    before
                        .take()
                        .filter(|before| before.rights == "r--p" && before.file == mapping.file)
                        .map(|before| before.place),
                );
                found.push(mapping.place.clone());
            }
            before = Some(mapping);
        }
        found
    }

    #[allow(unsafe_code)]
    fn give_back(place: Range<usize>) {
        let start = std::ptr::with_exposed_provenance_mut(place.start);
        // SAFETY: these are whole pages of a private mapping of a file, which cannot be written to and never were (code
        // is not relocated, and neither is what lies in front of it), so they hold what the file holds. After this call
        // the next access reads the same bytes again (madvise(2), MADV_DONTNEED). The mapping stays, so no reference
        // into it becomes invalid.
        let _ = unsafe { libc::madvise(start, place.len(), libc::MADV_DONTNEED) };
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::linux::never_written;

    /// Resident pages of files, in KB: proc_pid_status(5).
    fn resident() -> u64 {
        let status = std::fs::read_to_string("/proc/self/status").unwrap();
        let line = status.lines().find(|line| line.starts_with("RssFile:")).unwrap();
        line.split_ascii_whitespace().nth(1).unwrap().parse().unwrap()
    }

    #[test]
    fn code_is_given_back_and_what_is_only_read_in_front_of_it() {
        let maps = "\
            100000-200000 r--p 00000000 fe:00 12  /usr/bin/nightease\n\
            200000-300000 r-xp 00100000 fe:00 12  /usr/bin/nightease\n\
            300000-310000 r--p 00200000 fe:00 12  /usr/bin/nightease\n\
            310000-320000 rw-p 00210000 fe:00 12  /usr/bin/nightease\n\
            400000-500000 r--p 00000000 fe:00 13  /usr/share/names\n\
            500000-600000 r-xp 00000000 fe:00 14  /lib/libc.so.6\n\
            600000-700000 rwxp 00000000 fe:00 15  /lib/odd\n\
            700000-710000 r--p 00000000 00:00 0\n\
            710000-720000 r-xp 00000000 00:00 0     [vdso]\n\
            nothing\n";
        assert_eq!(
            never_written(maps),
            [0x100_000..0x200_000, 0x200_000..0x300_000, 0x500_000..0x600_000]
        );
    }

    #[test]
    fn the_program_goes_on_after_it_was_given_back() {
        let before = resident();
        super::give_back_program();
        let after = resident();
        assert!(after < before, "{after} KB of {before} are still resident");
    }
}
