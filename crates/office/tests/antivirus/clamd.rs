//! The real clamd, with signatures of our own.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use futures_util::future::join_all;
use pishkhan_office::files::antivirus::{Antivirus, ScanError, Verdict};
use pishkhan_testkit::clamd::{MARKED, eicar};
use pishkhan_testkit::{Clamd, Folder};
use tokio::time::timeout;

/// Far longer than a refused connection takes, and shorter than any patience.
const AT_ONCE: Duration = Duration::from_millis(500);

struct Bench {
    antivirus: Antivirus,
    clamd: Clamd,
    folder: Folder,
}

impl Bench {
    async fn new() -> Bench {
        let folder = Folder::new();
        let clamd = Clamd::start(folder.path()).await;
        let antivirus = Antivirus::parse(&clamd.setting()).expect("a setting").expect("a scanner");
        Bench { antivirus, clamd, folder }
    }

    fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::write(&path, bytes).expect("the folder is writable");
        path
    }

    /// A file of so many zeros.
    fn zeros(&self, bytes: u64) -> PathBuf {
        let path = self.folder.path().join("zeros");
        fs::File::create(&path).and_then(|file| file.set_len(bytes)).expect("the folder is writable");
        path
    }

    async fn look(&self, bytes: impl AsRef<[u8]>) -> Verdict {
        self.antivirus.scan(&self.file("file", bytes)).await.expect("clamd answers")
    }
}

fn infected(verdict: &Verdict) -> &str {
    match verdict {
        Verdict::Infected { name } => name,
        Verdict::Clean => panic!("this is not clean"),
    }
}

#[tokio::test]
async fn an_ordinary_file_is_clean() {
    let bench = Bench::new().await;
    assert_eq!(bench.look("An ordinary letter.").await, Verdict::Clean);
    assert_eq!(bench.look("").await, Verdict::Clean);
    // As many bytes as go in one piece, and one more or less.
    for length in [65_535, 65_536, 65_537, 131_072] {
        assert_eq!(bench.look(vec![b'a'; length]).await, Verdict::Clean, "{length}");
    }
}

#[tokio::test]
async fn the_file_that_everyone_calls_infected_is_infected() {
    let bench = Bench::new().await;
    assert_eq!(infected(&bench.look(eicar()).await), "Pishkhan.Test.Eicar.UNOFFICIAL");
}

#[tokio::test]
async fn the_last_bytes_of_a_large_file_are_looked_at() {
    let bench = Bench::new().await;
    let mut bytes = vec![0xa5; 15_000_000];
    assert_eq!(bench.look(&bytes).await, Verdict::Clean);
    bytes.extend_from_slice(MARKED.as_bytes());
    assert_eq!(infected(&bench.look(&bytes).await), "Pishkhan.Test.Marked.UNOFFICIAL");
    bytes.pop();
    assert_eq!(bench.look(&bytes).await, Verdict::Clean, "the text without its last sign");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_of_twenty_files_at_once_gets_its_own_verdict() {
    let bench = Bench::new().await;
    let scans = (0..20).map(|number| {
        let text = format!("{number} {}", if number % 2 == 0 { MARKED } else { "nothing" });
        let path = bench.file(&format!("file {number}"), text.repeat(5000));
        let antivirus = bench.antivirus.clone();
        tokio::spawn(async move { antivirus.scan(&path).await })
    });
    for (number, scan) in join_all(scans).await.into_iter().enumerate() {
        let verdict = scan.expect("no panic").expect("clamd answers");
        assert_eq!(matches!(verdict, Verdict::Infected { .. }), number % 2 == 0, "file {number}: {verdict:?}");
    }
}

#[tokio::test]
async fn a_file_that_clamd_does_not_take_is_not_clean() {
    let bench = Bench::new().await;
    let refused = bench.antivirus.scan(&bench.zeros(Clamd::STREAM_MAX + 1)).await;
    assert!(matches!(&refused, Err(ScanError::TooLarge(limit)) if limit == "StreamMaxLength"), "{refused:?}");
}

#[tokio::test]
async fn a_file_that_clamd_takes_and_does_not_look_at_is_not_clean() {
    let bench = Bench::new().await;
    assert_eq!(bench.antivirus.scan(&bench.zeros(Clamd::FILE_MAX)).await.expect("clamd answers"), Verdict::Clean);
    let skipped = bench.antivirus.scan(&bench.zeros(Clamd::FILE_MAX + 1)).await;
    assert!(matches!(&skipped, Err(ScanError::TooLarge(limit)) if limit == "MaxFileSize"), "{skipped:?}");
}

#[tokio::test]
async fn a_file_that_is_not_there_is_told_from_a_scanner_that_is_not() {
    let bench = Bench::new().await;
    let missing = bench.antivirus.scan(&bench.folder.path().join("nothing")).await;
    assert!(matches!(missing, Err(ScanError::File(_))), "{missing:?}");
}

#[tokio::test]
async fn a_clamd_that_is_down_is_told_of_at_once_and_a_restart_heals() {
    let mut bench = Bench::new().await;
    let path = bench.file("file", eicar());
    bench.clamd.stop();
    let down = timeout(AT_ONCE, bench.antivirus.scan(&path)).await.expect("at once");
    assert!(matches!(down, Err(ScanError::Unreachable(_))), "{down:?}");
    let down = timeout(AT_ONCE, bench.antivirus.ping()).await.expect("at once");
    assert!(matches!(down, Err(ScanError::Unreachable(_))), "{down:?}");
    bench.clamd.restart().await;
    infected(&bench.antivirus.scan(&path).await.expect("clamd answers again"));
}

#[tokio::test]
async fn clamd_tells_its_version_and_whose_signatures_it_lacks() {
    let bench = Bench::new().await;
    let version = bench.antivirus.ping().await.expect("clamd answers");
    assert!(version.starts_with("ClamAV ") && version.ends_with(", without ClamAV's signatures"), "{version}");
}
