//! Builds the office anew when a sentence changes: the macro that embeds `locales/` does not tell cargo what it reads.

fn main() {
    println!("cargo::rerun-if-changed=../../locales");
}
