//! Printing by the worker, behind its walls: the longest book fits its bounds, and what goes wrong is an error.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::time::Duration;

use pishkhan_office::Moment;
use pishkhan_office::paper::{BookRow, BookSheets, Columns, Head, LINES_IN_A_FILE, Order, Press, PressError};
use pishkhan_office::persian::Language;
use pishkhan_testkit::Folder;
use pishkhan_testkit::sheets::sheets;

use crate::house::BINARY;

fn book(lines: i64) -> Order {
    let row = |number: i64| BookRow {
        row: number.to_string(),
        number: format!("1405/D/{number}"),
        number_direction: "ltr",
        date: "1405/03/06".to_owned(),
        sender: "name ".repeat(24),
        subject: "subject of a letter ".repeat(15),
        unit: "unit ".repeat(10),
        way: "In",
        remark: "void: ".repeat(20),
        is_void: true,
    };
    let (title, organisation, page_of) = ("Book".to_owned(), "Office".to_owned(), "{page} of {pages}".to_owned());
    Order::RegisterBook(BookSheets {
        head: Head::new(Language::English, Moment(0), title, organisation, page_of),
        heading: "Register".to_owned(),
        year: "1405".to_owned(),
        part: "1".to_owned(),
        printed: "today".to_owned(),
        columns: Columns {
            row: "Row",
            number: "Number",
            date: "Date",
            sender: "Sender",
            subject: "Subject",
            unit: "Unit",
            way: "Way",
            remark: "Remark",
        },
        rows: (1..=lines).map(row).collect(),
    })
}

#[tokio::test]
async fn the_longest_book_fits_the_bounds_of_the_worker() {
    // This program was built in a hurry, and lays out fifteen times as slowly as the one that people run.
    let press = Press::patient(PathBuf::from(BINARY), Duration::from_mins(5));
    let pdf = press.print(&book(LINES_IN_A_FILE), &[]).await.expect("it is printed");
    let sheets = sheets(&pdf);
    assert!(sheets.len() > 100, "{}", sheets.len());
    sheets[sheets.len() - 1].says(&format!("1405/D/{LINES_IN_A_FILE} {} of", sheets.len()));
}

#[tokio::test]
async fn several_orders_at_once_are_all_printed() {
    let press = Press::new(PathBuf::from(BINARY));
    let (small, other) = (book(3), book(4));
    let (one, two) = tokio::join!(press.print(&small, &[]), press.print(&other, &[]));
    assert_ne!(one.expect("it is printed"), two.expect("it is printed"));
}

#[tokio::test]
async fn what_the_worker_sends_is_a_pdf_or_nothing() {
    let folder = Folder::new();
    let liar: PathBuf = folder.path().join("liar");
    for (script, why) in [
        ("exit 10", "it gave up"),
        ("cat > /dev/null; echo hello", "it is no PDF"),
        ("printf '%%PDF-1.7'; exit 11", "it gave up in the midst"),
        ("cat > /dev/null; exec /bin/cat /dev/zero", "it does not end"),
    ] {
        fs::write(&liar, format!("#!/bin/sh\n{script}\n")).expect("the folder is writable");
        fs::set_permissions(&liar, fs::Permissions::from_mode(0o700)).expect("it is ours");
        let printed = Press::new(liar.clone()).print(&book(1), &[]).await;
        assert!(matches!(printed, Err(PressError::Failed)), "{why}");
    }
    let nowhere = Press::new(folder.path().join("nowhere")).print(&book(1), &[]).await;
    assert!(matches!(nowhere, Err(PressError::Failed)));
}

#[tokio::test]
async fn a_broken_picture_is_an_error_of_the_order() {
    let printed = Press::new(PathBuf::from(BINARY)).print(&book(1), b"RIFF....WEBPVP8 ").await;
    assert!(matches!(printed, Err(PressError::Failed)));
}
