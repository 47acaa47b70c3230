//! x
fn main() -> std::process::ExitCode { let mut a = std::env::args_os().skip(1); let _ = a.next(); pishkhan_preview::run(a) }
