use nightease::content::Content;
use nightease::proof::*;
use std::time::Instant;
fn main() {
    let t0 = Instant::now();
    let content = Content::embedded().unwrap();
    println!("form {:?}", t0.elapsed());
    for _ in 0..3 {
    let t0 = Instant::now();
    let all = all::explore_all(&content).unwrap();
    println!("explore {:?}", t0.elapsed());
    for e in &all { println!("{} {} {}", e.model.topic.id, e.model.ended, e.graph.nodes.len()); }
    }
    let all = all::explore_all(&content).unwrap();
    let t0 = Instant::now();
    let f = count::figures(&all);
    println!("figures {:?}", t0.elapsed());
    println!("{}", serde_json::to_string_pretty(&f).unwrap());
    let t0 = Instant::now();
    let c = coverage::coverage(&content, &all);
    println!("coverage {:?}", t0.elapsed());
    println!("{}", c.document());
}
