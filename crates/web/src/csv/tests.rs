//! What stands in a cell is what was written, and no spreadsheet takes it for a formula, however it divides a line.

use proptest::collection::vec;
use proptest::prelude::*;

use super::*;

fn written(text: &str) -> String {
    let mut sheet = Sheet::more();
    sheet.row([Cell::text(text)]);
    sheet.0
}

#[test]
fn attacks_that_are_known_do_nothing() {
    for (attack, harmless) in [
        ("=1+1", "\"'=1+1\"\r\n"),
        ("=cmd|' /C calc'!A0", "\"'=cmd|' /C calc'!A0\"\r\n"),
        ("@SUM(1)", "\"'@SUM(1)\"\r\n"),
        ("\t=1+1", "\" '=1+1\"\r\n"),
        ("\r=1+1", "\" '=1+1\"\r\n"),
        (" \u{200b}=1+1", "\" \u{200b}'=1+1\"\r\n"),
        ("\"=1+1", "\"\"\"'=1+1\"\r\n"),
        ("＝1+1", "\"'＝1+1\"\r\n"),
        ("نامه;=1+1", "\"نامه;'=1+1\"\r\n"),
        ("a\",=1+1", "\"a\"\",'=1+1\"\r\n"),
        ("-2", "\"'-2\"\r\n"),
    ] {
        assert_eq!(written(attack), harmless, "{attack:?}");
    }
}

#[test]
fn what_people_write_stays_as_it_is() {
    for text in ["درخواست بررسی قبض آب", "1405/ش/0001", "a-b", "نشانی من me@example.ir است", "«نقل قول»"]
    {
        assert_eq!(written(text), format!("\"{text}\"\r\n"));
    }
}

#[test]
fn numbers_stay_numbers() {
    let mut sheet = Sheet::new();
    sheet.row([Cell::Number(-5), Cell::count(101)]);
    assert_eq!(sheet.0, "\u{feff}-5,101\r\n");
}

/// Reads a table as RFC 4180 has it, with any sign between the cells.
fn read(text: &str, divider: char) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let mut is_quoted = false;
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            '"' if is_quoted && signs.next_if_eq(&'"').is_some() => cell.push('"'),
            '"' => is_quoted = !is_quoted,
            '\n' if !is_quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            '\r' if !is_quoted => {}
            sign if sign == divider && !is_quoted => row.push(std::mem::take(&mut cell)),
            sign => cell.push(sign),
        }
    }
    rows
}

/// Whether a spreadsheet that trims what it likes would find a formula in this cell.
fn is_run(cell: &str) -> bool {
    cell.chars().find(|sign| sign.is_alphanumeric() || *sign == '\'' || is_formula(*sign)).is_some_and(is_formula)
}

/// Texts in which the signs of formulas, cells and quotes are frequent.
fn nasty() -> impl Strategy<Value = String> {
    let signs = prop::sample::select(vec![
        '=', '+', '-', '@', '＝', '＋', '－', '＠', '"', '\'', ',', ';', '؛', '،', '|', '\t', '\r', '\n', ' ',
        '\u{a0}', '\u{200b}', '\u{200c}', '\u{202e}', '\u{feff}', 'a', '1', 'ن', '۵', '(', '!', '\0',
    ]);
    vec(prop_oneof![4 => signs, 1 => any::<char>()], 0..24).prop_map(|signs| signs.into_iter().collect())
}

proptest! {
    #[test]
    fn no_cell_is_a_formula_and_none_is_lost(rows in vec(vec(nasty(), 3), 1..4)) {
        let mut sheet = Sheet::more();
        for row in &rows {
            sheet.row(row.iter().map(Cell::text));
        }
        let table = read(&sheet.0, ',');
        prop_assert_eq!(table.len(), rows.len());
        for (row, cells) in rows.iter().zip(&table) {
            prop_assert_eq!(cells.len(), 3);
            for (text, cell) in row.iter().zip(cells) {
                prop_assert!(!is_run(cell), "{:?} became {:?}", text, cell);
                // But for apostrophes and for lines that became one, it is what was written.
                let plain = |text: &str| text.replace('\'', "").replace(char::is_control, " ");
                prop_assert_eq!(plain(cell), plain(text));
            }
        }
    }

    #[test]
    fn no_other_divider_makes_a_formula(text in nasty()) {
        for divider in [';', '|', '؛', '،', '\t'] {
            for cell in text_cells(&written(&text), divider) {
                prop_assert!(!is_run(&cell), "{:?} with {:?}: {:?}", text, divider, cell);
            }
        }
    }
}

/// The cells of a careless reader, who divides at this sign wherever it stands, quotes or not.
fn text_cells(line: &str, divider: char) -> Vec<String> {
    line.split(divider).map(|cell| cell.replace('"', "")).collect()
}
