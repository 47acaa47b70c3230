//! Keeps the house in order: the rules of ARCHITECTURE.md and CONVENTIONS.md that a program can check.
//!
//! Each failure lists file and line and says how to mend it. An exception stands beside its rule with its reason, and fails
//! when it is no longer needed.

mod faults;
mod files;
mod indexes;
mod lexer;
mod links;
mod locales;
mod manifests;
mod sentences;
mod sql;
mod templates;
mod tree;

#[test]
fn every_file_says_what_it_is_for() {
    files::documented();
}

#[test]
fn files_are_short() {
    files::short();
}

#[test]
fn modules_have_names_of_the_trade() {
    files::named();
}

#[test]
fn crates_depend_downwards_only() {
    manifests::arrows();
}

#[test]
fn each_crate_keeps_to_its_own_side_of_the_wall() {
    manifests::strangers();
}

#[test]
fn sql_stays_in_its_rooms() {
    sql::places();
}

#[test]
fn every_statement_names_the_organisation() {
    sql::organisation();
}

#[test]
fn what_a_partial_index_leaves_out_is_said_by_who_needs_it() {
    indexes::said();
}

#[test]
fn addresses_are_written_in_links_only() {
    links::in_rust();
    links::in_templates();
}

#[test]
fn persian_is_written_in_locales_only() {
    sentences::persian();
}

#[test]
fn templates_hold_no_words() {
    sentences::in_templates();
}

#[test]
fn both_languages_say_the_same() {
    locales::alike();
}

#[test]
fn sentences_use_our_words_and_letters() {
    locales::wording();
}

#[test]
fn every_sentence_exists_and_is_said_somewhere() {
    locales::said();
}
