//! The numbers by which the office works; the operator's settings fill them in. A limit of 0 is switched off.

use std::time::Duration;

/// All rules together.
#[derive(Clone, Debug)]
pub struct Rules {
    pub sign_in: SignInRules,
    pub sessions: SessionRules,
    pub limits: Limits,
    pub letters: LetterRules,
}

/// How a sender comes in (SECURITY.md, "Limits").
#[derive(Clone, Debug)]
pub struct SignInRules {
    /// Whether a challenge stands before any SMS; off for closed networks only.
    pub has_challenge: bool,
    /// The largest number that the proof of work may have to try.
    pub proof_max_number: u32,
    /// How long the way without any test waits.
    pub wait: Duration,
    /// How long a one-time code is good for.
    pub code_life: Duration,
    /// How many tries a code has.
    pub code_tries: u32,
    /// The pauses before each further send; the last one repeats.
    pub resend_pauses: Vec<Duration>,
    /// Whether the code message ends in the WebOTP line `@host #code`.
    pub has_bound_line: bool,
    /// How long nobody was here until a number counts as somebody else's: then its account sleeps, and who signs in gets an empty
    /// one (TH08).
    pub sleep_after: Duration,
    /// How long an account knows a device before its number may be changed there; zero: not at all (TH07).
    pub settled_after: Duration,
}

#[derive(Clone, Debug)]
pub struct SessionRules {
    pub sender_idle: Duration,
    pub sender_life: Duration,
    /// On a device that the sender called their own, both idle and absolute.
    pub own_device_life: Duration,
    pub staff_idle: Duration,
    pub staff_life: Duration,
    /// How long after the second factor staff take letters along in a file unasked; zero: always.
    pub staff_confirmed: Duration,
}

/// How often something may happen; 0 switches a limit off.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Codes for signing in, in whichever browser they are asked for.
    pub sends_per_number_per_minute: u32,
    pub sends_per_number_per_15_minutes: u32,
    pub sends_per_number_per_day: u32,
    pub sends_per_address_per_hour: u32,
    /// Per /24 of IPv4, /64 of IPv6.
    pub sends_per_network_per_hour: u32,
    /// Messages to numbers that differ in their last two digits only.
    pub sends_per_hundred_numbers_per_hour: u32,
    /// Unless an organisation has a number of its own.
    pub sends_per_organisation_per_day: u32,
    pub sends_per_day: u32,
    pub failures_per_number_per_day: u32,
    pub failures_per_address_per_hour: u32,
    /// Per /24 of IPv4, /64 of IPv6.
    pub failures_per_network_per_hour: u32,
    pub failures_per_day: u32,
    pub tracking_per_address_per_minute: u32,
    /// Wrong codes of earlier letters, by which an account is woken, and of those that are withheld on a new device.
    pub wakings_per_number_per_day: u32,
    /// Texts that people send to our lines; beyond it they are not answered.
    pub texts_per_number_per_hour: u32,
    pub texts_per_organisation_per_hour: u32,
    /// Wrong codes by which a withdrawal is confirmed by text.
    pub withdrawal_codes_per_number_per_day: u32,
    /// Codes that prove e-mail addresses, which one sender may ask for.
    pub email_codes_per_sender_per_day: u32,
    /// The same, to one address.
    pub email_codes_per_recipient_per_day: u32,
    pub waits_per_address_per_hour: u32,
    pub staff_failures_per_account_per_15_minutes: u32,
    pub staff_failures_per_address_per_15_minutes: u32,
    pub drafts_per_sender: u32,
    pub submissions_per_sender_per_day: u32,
    /// Messages about registered letters.
    pub messages_per_sender_per_day: u32,
    /// Messages of the house in between.
    pub interim_messages_per_letter_per_day: u32,
    /// Messages other than codes that are sent, unless an organisation has a number of its own; 0: any number. The courier keeps to it, pages and
    /// numbers show it.
    pub messages_per_organisation_per_day: u32,
    pub files_per_sender_per_day: u32,
}

#[derive(Clone, Debug)]
pub struct LetterRules {
    /// How many files a letter may have.
    pub files: u32,
    /// How large a file may be, in bytes.
    pub file_bytes: u64,
    /// How long after a letter the files may come that its sender said would follow.
    pub files_follow: Duration,
    /// How long the typed text may be, in characters.
    pub body_characters: usize,
    /// Working days until a letter should be reviewed, as all terms here where the organisation has set none.
    pub review_days: u32,
    /// Working days until a registered letter should be answered.
    pub answer_days: u32,
    /// Working days in which the sender may object to an answer or a rejection; 0: not at all.
    pub objection_days: u32,
    /// Working days until an objection should be decided.
    pub ruling_days: u32,
    /// Working days that the sender has to complete a returned letter or to reply, where nobody says otherwise.
    pub sender_days: u32,
    /// How far a letter may be referred on.
    pub referral_hops: u32,
    /// How long a decision at the desk can be taken back, and its message waits.
    pub undo: Duration,
}

impl Default for Rules {
    /// The defaults of the settings file, for tests.
    fn default() -> Rules {
        let minutes = |n: u64| Duration::from_secs(n * 60);
        Rules {
            sign_in: SignInRules {
                has_challenge: true,
                proof_max_number: 100_000,
                wait: minutes(1),
                code_life: minutes(10),
                code_tries: 5,
                resend_pauses: vec![minutes(1), minutes(2), minutes(5)],
                has_bound_line: true,
                sleep_after: minutes(180 * 24 * 60),
                settled_after: minutes(24 * 60),
            },
            sessions: SessionRules {
                sender_idle: minutes(30),
                sender_life: minutes(12 * 60),
                own_device_life: minutes(30 * 24 * 60),
                staff_idle: minutes(15),
                staff_life: minutes(8 * 60),
                staff_confirmed: minutes(15),
            },
            limits: Limits {
                sends_per_number_per_minute: 1,
                sends_per_number_per_15_minutes: 3,
                sends_per_number_per_day: 10,
                sends_per_address_per_hour: 10,
                sends_per_network_per_hour: 30,
                sends_per_hundred_numbers_per_hour: 10,
                sends_per_organisation_per_day: 5_000,
                sends_per_day: 20_000,
                failures_per_number_per_day: 20,
                failures_per_address_per_hour: 30,
                failures_per_network_per_hour: 90,
                failures_per_day: 2_000,
                tracking_per_address_per_minute: 10,
                wakings_per_number_per_day: 5,
                texts_per_number_per_hour: 10,
                texts_per_organisation_per_hour: 1_000,
                withdrawal_codes_per_number_per_day: 5,
                email_codes_per_sender_per_day: 10,
                email_codes_per_recipient_per_day: 5,
                waits_per_address_per_hour: 10,
                staff_failures_per_account_per_15_minutes: 5,
                staff_failures_per_address_per_15_minutes: 20,
                drafts_per_sender: 20,
                submissions_per_sender_per_day: 50,
                messages_per_sender_per_day: 20,
                interim_messages_per_letter_per_day: 5,
                messages_per_organisation_per_day: 20_000,
                files_per_sender_per_day: 200,
            },
            letters: LetterRules {
                files: 10,
                file_bytes: 20 * 1024 * 1024,
                files_follow: minutes(48 * 60),
                body_characters: 20_000,
                review_days: 3,
                answer_days: 30,
                objection_days: 15,
                ruling_days: 15,
                sender_days: 7,
                referral_hops: 10,
                undo: Duration::from_secs(10),
            },
        }
    }
}
