//! Each layer overrides the one below, and each mistake is one line.

use super::sections::ContentType;
use super::{Challenge, Gateway, LogFormat, Settings};

/// Loads from the text of a file, `NAME=value` variables and flags; an error comes back as its line, the file's path as `FILE`.
fn load(file: &str, env: &[&str], flags: &[&str]) -> Result<Settings, String> {
    let path = (!file.is_empty()).then(|| written(file));
    let env = env
        .iter()
        .map(|line| line.split_once('=').expect("NAME=value in this test"))
        .map(|(name, value)| (name.into(), value.into()));
    let flags: Vec<String> = flags.iter().map(ToString::to_string).collect();
    let result = Settings::load(path.as_deref(), env, &flags);
    if let Some(path) = &path {
        std::fs::remove_file(path).expect("the file was written by this test");
    }
    result.map_err(|error| match path {
        Some(path) => error.to_string().replace(&path.display().to_string(), "FILE"),
        None => error.to_string(),
    })
}

fn written(text: &str) -> std::path::PathBuf {
    static COUNT: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
    let count = COUNT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    let path = std::env::temp_dir().join(format!("pishkhan-settings-{}-{count}.toml", std::process::id()));
    std::fs::write(&path, text).expect("the temporary folder can be written to");
    path
}

/// The error's line, after making sure that it is one.
fn fault(file: &str, env: &[&str], flags: &[&str]) -> String {
    let line = load(file, env, flags).expect_err("these settings are wrong");
    assert_eq!(line.lines().count(), 1, "{line}");
    line
}

#[test]
fn the_default_file_alone_is_enough() {
    let settings = load("", &[], &[]).expect("default.toml loads");
    assert_eq!(settings.server.listen.to_string(), "127.0.0.1:8080");
    assert_eq!(settings.server.secret_path().to_str(), Some("data/secret"));
    assert_eq!(settings.messages.spool_path(&settings.server).to_str(), Some("data/messages.jsonl"));
    assert_eq!(settings.sign_in.challenge, Challenge::On);
    assert_eq!(settings.sign_in.resend_seconds, [60, 120, 300]);
    assert_eq!(settings.limits.sends_per_address_per_hour, 10);
    assert_eq!(settings.letters.file_bytes(), 20 * 1024 * 1024);
    assert_eq!(settings.messages.gateway, Gateway::Console);
    assert!(settings.messages.http.success.is_empty());
    assert_eq!(settings.log.level.as_str(), "info");
    assert!(settings.database.url.is_empty());
}

#[test]
fn the_whole_default_file_is_a_settings_file() {
    load(super::DEFAULT, &[], &[]).expect("who starts from a copy of default.toml starts well");
}

#[test]
fn the_file_overrides_the_default_and_leaves_the_rest() {
    let settings = load("[sign_in]\nchallenge = \"off\"\n[messages.http]\nheaders = { \"X-Key\" = \"k\" }\n", &[], &[])
        .expect("loads");
    assert_eq!(settings.sign_in.challenge, Challenge::Off);
    assert_eq!(settings.sign_in.code_tries, 5);
    assert_eq!(settings.messages.http.headers["X-Key"].reveal(), "k");
}

#[test]
fn the_environment_overrides_the_file_and_a_flag_both() {
    let file = "[letters]\nfiles = 1\nreview_days = 1\nanswer_days = 1\n";
    let env = ["PISHKHAN_LETTERS__REVIEW_DAYS=2", "PISHKHAN_LETTERS__ANSWER_DAYS=2"];
    let settings = load(file, &env, &["letters.answer_days=3"]).expect("loads");
    assert_eq!((settings.letters.files, settings.letters.review_days, settings.letters.answer_days), (1, 2, 3));
}

#[test]
fn the_last_of_two_flags_wins() {
    assert_eq!(load("", &[], &["letters.files=4", "letters.files=7"]).expect("loads").letters.files, 7);
}

#[test]
fn the_environment_may_name_the_file() {
    let path = written("[log]\nformat = \"json\"\n");
    let settings = load("", &[&format!("PISHKHAN_SETTINGS={}", path.display())], &[]);
    std::fs::remove_file(path).expect("the file was written by this test");
    assert_eq!(settings.expect("loads").log.format, LogFormat::Json);
}

#[test]
fn the_type_of_the_default_says_how_a_text_is_read() {
    let settings = load(
        "",
        &[
            "PISHKHAN_DATABASE__CONNECTIONS=32",
            "PISHKHAN_MESSAGES__BOUND_LINE=false",
            "PISHKHAN_SIGN_IN__RESEND_SECONDS=30, 60",
            "PISHKHAN_SERVER__TRUSTED_PROXIES=127.0.0.1,10.0.0.0/8",
            "PISHKHAN_MESSAGES__HTTP__FROM=10008663",
            "PISHKHAN_MESSAGES__HTTP__HEADERS={ \"X-Key\" = \"a\", Accept = \"b\" }",
            "PISHKHAN_MESSAGES__HTTP__HEADERS__AUTHORIZATION=Bearer c=d",
        ],
        &["messages.http.content_type=application/x-www-form-urlencoded", "messages.http.success=/return/status=200"],
    )
    .expect("loads");
    assert_eq!(settings.database.connections, 32);
    assert!(!settings.messages.bound_line);
    assert_eq!(settings.sign_in.resend_seconds, [30, 60]);
    let prefixes: Vec<u8> = settings.server.trusted_proxies.iter().map(|network| network.prefix).collect();
    assert_eq!(prefixes, [32, 8]);
    let http = &settings.messages.http;
    assert_eq!(http.from, "10008663");
    assert_eq!(http.headers.keys().collect::<Vec<_>>(), ["Accept", "X-Key", "authorization"]);
    assert_eq!(http.headers["authorization"].reveal(), "Bearer c=d");
    assert_eq!(http.content_type, ContentType::Form);
    assert_eq!(http.success, "/return/status=200");
    assert_eq!(load("", &[], &["sign_in.resend_seconds=[10, 20]"]).expect("loads").sign_in.resend_seconds, [10, 20]);
}

#[test]
fn variables_that_are_no_settings_are_left_alone() {
    let env = [
        "PATH=/bin",
        "PISHKHAN_LOG=debug",
        "PISHKHAN_TEST_POSTGRES=postgres://x",
        "PISHKHAN_SETTINGS=",
        "PISHKHAN_BINARY=x",
    ];
    load("", &env, &[]).expect("loads");
}

#[test]
fn an_unknown_setting_is_named_with_its_source() {
    assert_eq!(
        fault("[sign_in]\nchallange = \"off\"", &[], &[]),
        "sign_in.challange (FILE): there is no such setting; do you mean sign_in.challenge?"
    );
    assert_eq!(fault("[weather]\nrain = 1", &[], &[]), "weather (FILE): there is no such setting");
    assert_eq!(fault("", &["PISHKHAN_COLOUR=red"], &[]), "colour (PISHKHAN_COLOUR): there is no such setting");
    assert_eq!(
        fault("", &["PISHKHAN_SIGN_IN_CHALLENGE=off"], &[]),
        "sign_in_challenge (PISHKHAN_SIGN_IN_CHALLENGE): there is no such setting; do you mean sign_in.challenge?"
    );
    assert_eq!(
        fault("", &[], &["letters.file=3"]),
        "letters.file (--set): there is no such setting; do you mean letters.files?"
    );
    assert_eq!(fault("", &[], &["letters=3"]), "letters (--set): there is no such setting");
    assert_eq!(fault("", &[], &["=3"]), "--set =3: write it as section.setting=value");
}

#[test]
fn a_value_of_the_wrong_type_is_named_with_what_was_expected() {
    assert_eq!(
        fault("[letters]\nfiles = \"ten\"", &[], &[]),
        "letters.files (FILE): must be a whole number, not a text in quotes"
    );
    assert_eq!(fault("letters = 3", &[], &[]), "letters (FILE): must be a table, not a whole number");
    assert_eq!(
        fault("[letters]\nfiles = 1.5", &[], &[]),
        "letters.files (FILE): must be a whole number, not a fraction"
    );
    assert_eq!(
        fault("[database]\nurl = 5", &[], &[]),
        "database.url (FILE): must be a text in quotes, not a whole number"
    );
    assert_eq!(
        fault("[messages.http.headers]\nX = 5", &[], &[]),
        "messages.http.headers (FILE): X must be a text in quotes"
    );
    assert_eq!(
        fault("", &["PISHKHAN_LETTERS__FILES=ten"], &[]),
        "letters.files (PISHKHAN_LETTERS__FILES): \"ten\" is not a whole number"
    );
    assert_eq!(
        fault("", &[], &["messages.bound_line=yes"]),
        "messages.bound_line (--set): \"yes\" is neither true nor false"
    );
    assert_eq!(
        fault("", &[], &["sign_in.resend_seconds=60,soon"]),
        "sign_in.resend_seconds (--set): \"soon\" is not a whole number"
    );
    assert_eq!(fault("", &[], &["sign_in.resend_seconds="]), "sign_in.resend_seconds (--set): the list is empty");
    assert_eq!(
        fault("", &[], &["messages.http.headers=x"]),
        "messages.http.headers (--set): not a table such as { \"X-Key\" = \"…\" }"
    );
}

#[test]
fn a_value_out_of_bounds_is_named_with_the_bounds() {
    assert_eq!(
        fault("[sign_in]\ncode_minutes = 31", &[], &[]),
        "sign_in.code_minutes (FILE): 31 is out of bounds, 1 to 30"
    );
    assert_eq!(
        fault("", &[], &["limits.sends_per_day=-1"]),
        "limits.sends_per_day (--set): -1 is out of bounds, 0 to 100000000"
    );
    assert_eq!(
        fault("", &[], &["sign_in.resend_seconds=60,5"]),
        "sign_in.resend_seconds (--set): 5 is out of bounds, 10 to 3600"
    );
}

#[test]
fn an_unknown_choice_is_named_with_the_choices() {
    assert_eq!(
        fault("", &["PISHKHAN_SIGN_IN__CHALLENGE=maybe"], &[]),
        "sign_in.challenge (PISHKHAN_SIGN_IN__CHALLENGE): \"maybe\" is not one of: on, off"
    );
    assert_eq!(
        fault("", &[], &["messages.gateway=pigeon"]),
        "messages.gateway (--set): \"pigeon\" is not one of: console, spool, http"
    );
}

#[test]
fn texts_with_a_form_of_their_own_are_checked() {
    assert_eq!(
        fault("", &[], &["server.listen=8080"]),
        "server.listen (--set): \"8080\" is not an address with a port such as 127.0.0.1:8080"
    );
    assert_eq!(fault("", &[], &["server.data="]), "server.data (--set): must name a folder");
    assert_eq!(
        fault("", &[], &["server.trusted_proxies=10.0.0.0/40"]),
        "server.trusted_proxies (--set): \"10.0.0.0/40\" is neither an address nor a network such as 10.0.0.0/8"
    );
    assert_eq!(
        fault("", &[], &["database.url=mysql://u:geheim@h/d"]),
        "database.url (--set): must be empty or begin with postgres://"
    );
    for key in ["short", "0123456789abcde", "0123456789 abcdef", "کلید کلید کلید"] {
        assert_eq!(
            fault("", &[], &[&format!("server.metrics_key={key}")]),
            "server.metrics_key (--set): must be empty, or 16 signs of ASCII or more, without spaces"
        );
    }
    load("", &[], &["server.metrics_key=0123456789abcdef"]).expect("loads");
    assert_eq!(
        fault("", &[], &["messages.http.message_id=id"]),
        "messages.http.message_id (--set): \"id\" is not a JSON pointer such as /entries/0/messageid"
    );
    assert_eq!(
        fault("", &[], &["messages.http.success=/status"]),
        "messages.http.success (--set): \"/status\" is not a JSON pointer and a value such as /return/status=200"
    );
}

#[test]
fn https_needs_both_the_certificate_and_its_key() {
    assert_eq!(load("", &[], &[]).expect("loads").server.tls_files(), None);
    assert_eq!(
        fault("", &[], &["server.certificate_file=cert.pem"]),
        "server.key_file (the default): must be set, since HTTPS needs both certificate_file and key_file"
    );
    assert_eq!(
        fault("[server]\nkey_file = \"key.pem\"", &[], &[]),
        "server.certificate_file (the default): must be set, since HTTPS needs both certificate_file and key_file"
    );
    let both = load("", &[], &["server.certificate_file=cert.pem", "server.key_file=key.pem"]).expect("loads");
    assert_eq!(both.server.tls_files(), Some(("cert.pem".as_ref(), "key.pem".as_ref())));
}

#[test]
fn the_http_gateway_needs_an_address() {
    assert_eq!(
        fault("", &[], &["messages.gateway=http"]),
        "messages.http.url (the default): must be set, since messages.gateway is \"http\""
    );
    assert_eq!(
        fault("", &[], &["messages.gateway=http", "messages.http.url=ftp://sms.example"]),
        "messages.http.url (--set): must begin with https:// or http://"
    );
    load("", &[], &["messages.gateway=http", "messages.http.url=https://sms.example/send"]).expect("loads");
}

#[test]
fn a_file_that_cannot_be_read_and_a_flag_without_a_value_are_one_line_too() {
    let missing =
        Settings::load(Some("no/such/file.toml".as_ref()), std::iter::empty(), &[]).expect_err("there is no such file");
    assert_eq!(
        missing.to_string(),
        "no/such/file.toml: the settings file can't be read: No such file or directory (os error 2)"
    );
    let broken = fault("[letters]\nfiles = \n", &[], &[]);
    assert!(broken.starts_with("FILE, line 2: not TOML: "), "{broken}");
    assert_eq!(fault("", &[], &["letters.files"]), "--set letters.files: write it as section.setting=value");
}

#[test]
fn secrets_are_not_shown() {
    let settings = load(
        "",
        &[],
        &[
            "database.url=postgres://u:geheim@h/d",
            "messages.http.url=https://sms.example/geheim/send",
            "messages.http.headers.authorization=geheim",
            "messages.http.body=password=geheim",
        ],
    )
    .expect("loads");
    assert!(!format!("{settings:?}").contains("geheim"));
    assert_eq!(settings.database.url.reveal(), "postgres://u:geheim@h/d");
}
