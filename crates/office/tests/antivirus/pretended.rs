//! Scanners that hang, lie, stammer or never stop talking.

use std::time::Duration;

use futures_util::future::join_all;
use pishkhan_office::files::antivirus::{Antivirus, ScanError, Verdict};
use tokio::time::timeout;

use crate::impostor::{Impostor, Manner};

/// Longer than one piece, and than what a socket holds for a reader who doesn't come.
const LARGE: &[u8] = &[b'x'; 1_000_000];

fn says(answer: &'static [u8]) -> Manner {
    Manner::Says(answer, Duration::ZERO)
}

#[tokio::test]
async fn a_socket_that_is_not_there_is_told_of_at_once() {
    let antivirus = Antivirus::parse("clamd:/nonexistent/clamd.sock").expect("a setting").expect("a scanner");
    let impostor = Impostor::new(Manner::Silent, b"file");
    let found = timeout(Duration::from_millis(500), antivirus.scan(&impostor.path())).await.expect("at once");
    assert!(matches!(&found, Err(ScanError::Unreachable(why)) if why.contains("/nonexistent")), "{found:?}");
}

#[tokio::test]
async fn a_scanner_that_hangs_is_down_after_its_greeting_is_due() {
    let impostor = Impostor::new(Manner::Silent, b"file");
    let found = timeout(Duration::from_secs(2), impostor.looks()).await.expect("before the whole patience is gone");
    assert!(matches!(found, Err(ScanError::Unreachable(_))), "{found:?}");
    let asked = timeout(Duration::from_secs(2), impostor.antivirus().ping()).await.expect("as early");
    assert!(matches!(asked, Err(ScanError::Unreachable(_))), "{asked:?}");
}

#[tokio::test]
async fn a_scanner_that_takes_no_more_of_a_file_is_down() {
    let impostor = Impostor::new(Manner::Idle, LARGE);
    let found = timeout(Duration::from_secs(2), impostor.looks()).await.expect("before the whole patience is gone");
    assert!(matches!(&found, Err(ScanError::Unreachable(why)) if why.contains("took nothing")), "{found:?}");
}

#[tokio::test]
async fn a_file_that_is_never_judged_is_told_from_a_scanner_that_is_down() {
    let impostor = Impostor::new(Manner::Speechless, LARGE);
    let found = timeout(Duration::from_secs(6), impostor.looks()).await.expect("when the whole patience is gone");
    assert!(matches!(found, Err(ScanError::NoVerdict(_))), "{found:?}");
}

#[tokio::test]
async fn the_verdict_may_take_longer_than_a_pause_in_sending() {
    let impostor = Impostor::new(Manner::Says(b"stream: OK\0", Duration::from_millis(1200)), LARGE);
    assert_eq!(impostor.looks().await.expect("a verdict"), Verdict::Clean);
}

#[tokio::test]
async fn only_the_exact_words_make_a_file_clean() {
    assert_eq!(Impostor::new(says(b"stream: OK\0"), b"file").looks().await.expect("a verdict"), Verdict::Clean);
    let strange: [&[u8]; 14] = [
        b"\0",
        b"OK\0",
        b"stream: ok\0",
        b"stream: OK \0",
        b"stream:  OK\0",
        b" stream: OK\0",
        b"stream: OK\n\0",
        b"stream: NOT OK\0",
        b"1: stream: OK\0",
        b"stream: OK\xff\0",
        b"stream: FOUND\0",
        b"UNKNOWN COMMAND\0",
        b"stream: Can't allocate memory ERROR\0",
        b"HTTP/1.1 200 OK\r\n\r\n\0",
    ];
    for answer in strange {
        let found = Impostor::new(says(answer), b"file").looks().await;
        assert!(matches!(found, Err(ScanError::Answer(_))), "{:?}: {found:?}", String::from_utf8_lossy(answer));
    }
}

#[tokio::test]
async fn an_answer_that_was_cut_off_makes_no_file_clean() {
    for answer in [&b""[..], b"stream", b"stream: OK", b"stream: OK\n", b"COMMAND READ TIMED OUT\n"] {
        let found = Impostor::new(says(answer), b"file").looks().await;
        assert!(matches!(found, Err(ScanError::Unreachable(_))), "{:?}: {found:?}", String::from_utf8_lossy(answer));
    }
}

#[tokio::test]
async fn a_file_is_not_clean_before_it_was_read() {
    let found = Impostor::new(Manner::Hasty(b"stream: OK\0"), LARGE).looks().await;
    assert!(found.is_err(), "{found:?}");
}

#[tokio::test]
async fn who_breaks_off_is_heard_out() {
    let refused = Manner::Hasty(b"INSTREAM size limit exceeded. ERROR\0");
    let found = Impostor::new(refused, LARGE).looks().await;
    assert!(matches!(&found, Err(ScanError::TooLarge(limit)) if limit == "StreamMaxLength"), "{found:?}");
}

#[tokio::test]
async fn an_answer_without_end_is_not_read_to_its_end() {
    let found = timeout(Duration::from_secs(2), Impostor::new(Manner::Talkative, b"file").looks()).await;
    let found = found.expect("soon");
    assert!(matches!(found, Err(ScanError::Answer(_))), "{found:?}");
}

#[tokio::test]
async fn a_name_can_forge_no_line_of_the_log() {
    let hostile = b"stream: Evil\r\n2030-01-01 ERROR \x1b[31mforged\x00 FOUND\0";
    let found = Impostor::new(says(hostile), b"file").looks().await;
    assert!(matches!(&found, Err(ScanError::Answer(said)) if said.contains("Evil??2030")), "{found:?}");

    let hostile = "stream: Evil\r\n2030-01-01 \u{1b}[31m\u{202e}forged FOUND\0".as_bytes();
    let found = Impostor::new(says(hostile), b"file").looks().await.expect("a verdict");
    assert_eq!(found, Verdict::Infected { name: "Evil??2030-01-01 ?[31m???forged".to_owned() });
}

#[tokio::test]
async fn a_name_is_no_longer_than_a_line_can_bear() {
    let answer = format!("stream: {} FOUND\0", "N".repeat(900)).leak().as_bytes();
    let found = Impostor::new(says(answer), b"file").looks().await.expect("a verdict");
    assert_eq!(found, Verdict::Infected { name: "N".repeat(120) });
}

#[tokio::test]
async fn a_file_that_was_not_looked_at_whole_is_neither_clean_nor_infected() {
    let answers: [(&[u8], &str); 3] = [
        (b"stream: Heuristics.Limits.Exceeded.MaxScanTime FOUND\0", "MaxScanTime"),
        (b"stream: Heuristics.Limits.Exceeded.MaxRecursion FOUND\0", "MaxRecursion"),
        (b"stream: Heuristics.Limits.Exceeded FOUND\0", "a limit"),
    ];
    for (answer, expected) in answers {
        let found = Impostor::new(says(answer), b"file").looks().await;
        assert!(matches!(&found, Err(ScanError::TooLarge(limit)) if limit == expected), "{found:?}");
    }
}

#[tokio::test]
async fn never_more_than_eight_files_are_scanned_at_a_time() {
    let impostor = Impostor::new(Manner::Says(b"stream: OK\0", Duration::from_millis(100)), b"file");
    let (antivirus, path) = (impostor.antivirus(), impostor.path());
    let scans = (0..30).map(|_| {
        let (antivirus, path) = (antivirus.clone(), path.clone());
        tokio::spawn(async move { antivirus.scan(&path).await })
    });
    for scan in join_all(scans).await {
        assert_eq!(scan.expect("no panic").expect("a verdict"), Verdict::Clean);
    }
    assert_eq!(impostor.most_at_once(), 8);
}

#[tokio::test]
async fn the_signatures_number_and_date_are_told() {
    let version = Impostor::new(Manner::Idle, b"file").antivirus().ping().await.expect("an answer");
    assert_eq!(version, "ClamAV 1.4.6, signatures 27834 of Sun Nov 22 08:25:38 2026");
}
