//! Workers that lie: a file has taken them over, and the workshop believes nothing of what they send.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::time::Duration;

use pishkhan_inspect::Kind;
use pishkhan_office::previews::{PreviewError, PreviewLimits, Workshop};
use pishkhan_testkit::Folder;

use crate::house::{draw_in, limits};

/// A header of five numbers, as a shell's printf writes it.
fn header(numbers: [u32; 5]) -> String {
    let bytes = numbers.iter().flat_map(|number| number.to_be_bytes());
    bytes.fold(String::new(), |text, byte| text + &format!("\\{byte:03o}"))
}

/// A workshop whose worker is a script.
fn liar(folder: &Folder, script: &str, time: Duration) -> Workshop {
    let program: PathBuf = folder.path().join("liar");
    fs::write(&program, format!("#!/bin/sh\n{script}\n")).expect("the folder is writable");
    fs::set_permissions(&program, fs::Permissions::from_mode(0o700)).expect("it is ours");
    Workshop::new(program, PreviewLimits { time, ..limits() }, None, 1)
}

#[tokio::test]
async fn what_no_honest_worker_sends_is_a_broken_file() {
    let folder = Folder::new();
    let begin = header([0, 2, 0, 0, 0]);
    for (lie, sent) in [
        ("nothing", String::new()),
        ("no number of pages", header([0, 0, 0, 0, 0])),
        ("words", "hello, I am a page of your letter".to_owned()),
        ("another page first", begin.clone() + &header([2, 10, 10, 900, 4]) + "RIFF"),
        ("a page wider than may be", begin.clone() + &header([1, 901, 10, 900, 4]) + "RIFF"),
        ("more bytes than may be", begin.clone() + &header([1, 10, 10, 900, u32::MAX])),
        ("no image", begin.clone() + &header([1, 10, 10, 900, 40]) + "<script>alert(1)</script><script>alert(1)"),
    ] {
        let workshop = liar(&folder, &format!("printf '{sent}'"), Duration::from_mins(1));
        let drawn = draw_in(&workshop, Kind::Pdf, b"a file").await;
        assert!(matches!(drawn.made, Err(PreviewError::Broken)), "{lie}: {:?}", drawn.made);
        assert_eq!(fs::read_dir(drawn.out()).expect("the folder").count(), 0, "{lie}: nothing was written");
    }
}

#[tokio::test]
async fn a_slow_worker_is_killed_with_all_that_it_started() {
    let folder = Folder::new();
    let child = folder.path().join("child");
    let script = format!("/bin/sleep 600 & echo $! > {}\nwait", child.display());
    let workshop = liar(&folder, &script, Duration::from_secs(2));
    let drawn = draw_in(&workshop, Kind::Png, b"a file").await;
    assert!(matches!(drawn.made, Err(PreviewError::TooSlow)), "{:?}", drawn.made);

    let child = fs::read_to_string(child).expect("the script ran");
    is_killed(child.trim()).await;
}

#[tokio::test]
async fn a_worker_that_leaves_somebody_behind_does_not_stay() {
    let folder = Folder::new();
    let child = folder.path().join("child");
    let script = format!("/bin/sleep 600 > /dev/null 2>&1 & echo $! > {}", child.display());
    let workshop = liar(&folder, &script, Duration::from_mins(1));
    let drawn = draw_in(&workshop, Kind::Png, b"a file").await;
    assert!(matches!(drawn.made, Err(PreviewError::Broken)), "{:?}", drawn.made);
    let child = fs::read_to_string(child).expect("the script ran");
    is_killed(child.trim()).await;
}

#[tokio::test]
async fn a_workshop_that_is_left_leaves_no_worker() {
    let folder = Folder::new();
    let pid = folder.path().join("pid");
    let workshop = liar(&folder, &format!("echo $$ > {}\nexec /bin/sleep 600", pid.display()), Duration::from_mins(10));
    let left = tokio::time::timeout(Duration::from_secs(2), draw_in(&workshop, Kind::Png, b"a file")).await;
    assert!(left.is_err());
    let pid = fs::read_to_string(pid).expect("the script ran");
    is_killed(pid.trim()).await;
}

/// Waits until the process is killed; what nobody kills would sleep for ten minutes.
async fn is_killed(pid: &str) {
    let killed = async {
        while is_running(pid) {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), killed).await.expect("it is killed");
}

/// Neither gone nor waiting to be buried.
fn is_running(pid: &str) -> bool {
    let status = fs::read_to_string(format!("/proc/{pid}/status"));
    status.is_ok_and(|status| !status.lines().any(|line| line.starts_with("State:") && line.contains('Z')))
}
