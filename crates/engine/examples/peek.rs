//! scratch
use engine::*;
use std::path::Path;
struct O(std::time::Instant);
impl Observer for O {
    fn progress(&self, p: Progress) {
        if let Progress::Epoch(e) = p {
            eprintln!("{:?} {e:?}", self.0.elapsed());
        }
    }
    fn cancelled(&self) -> bool {
        false
    }
    fn seconds(&self) -> f64 {
        self.0.elapsed().as_secs_f64()
    }
}
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let o = O(std::time::Instant::now());
    let mut config = Config::default();
    if a[1] == "mine" {
        let r = ingest::read(Path::new(&a[2]), &o).unwrap();
        eprintln!("read {} {:?}", r.events.len(), o.0.elapsed());
        let (t, of) = template::mine(&r, &[], &o).unwrap();
        eprintln!("templates {} {:?}", t.list.len(), o.0.elapsed());
        let s = sequence::group(&r.events);
        let c = score::cut::cut(&s, &r.events, &of, 100);
        eprintln!("sequences {} windows {} events {} {:?}", s.len(), c.windows.len(), c.windows.events(), o.0.elapsed());
        let mut v: Vec<usize> = (0..t.list.len()).collect();
        v.sort_by_key(|i| (&t.list[*i].origin, &t.list[*i].text));
        for i in v {
            println!("{:6} {} | {}", t.counts[i], t.list[i].origin, &t.list[i].text.chars().take(200).collect::<String>());
        }
    } else if a[1] == "train" {
        if a.len() > 4 {
            config.lstm.epochs = a[4].parse().unwrap();
        }
        let m = train(&Training { logs: Path::new(&a[2]), name: "x", date: "2026-01-01", config: &config }, &o).unwrap();
        m.save(Path::new(&a[3])).unwrap();
        eprintln!("{:?}", m.summary());
    } else {
        let m = Model::load(Path::new(&a[3]));
        let issue = a.get(4).map(String::as_str);
        let r = analyze(&Request { logs: Path::new(&a[2]), issue, model: m.as_ref(), config: &config }, &o);
        eprintln!("{:?}", o.0.elapsed());
        if let Ok(r) = r {
            println!("{r:#?}");
        }
    }
}
