//! The settings as the office counts.

use std::time::Duration;

use pishkhan_office::rules::{LetterRules, Limits, Rules, SessionRules, SignInRules};

use crate::settings::{self, Settings};

/// The rules that these settings make.
pub fn rules(settings: &Settings) -> Rules {
    let (sign_in, sessions, letters) = (&settings.sign_in, &settings.sessions, &settings.letters);
    Rules {
        sign_in: SignInRules {
            has_challenge: sign_in.challenge == settings::Challenge::On,
            proof_max_number: sign_in.proof_max_number,
            wait: seconds(sign_in.wait_seconds),
            code_life: minutes(sign_in.code_minutes),
            code_tries: sign_in.code_tries,
            resend_pauses: sign_in.resend_seconds.iter().copied().map(seconds).collect(),
            has_bound_line: settings.messages.bound_line,
            sleep_after: minutes(sign_in.sleep_after_days * 24 * 60),
            settled_after: minutes(sign_in.settled_after_hours * 60),
        },
        sessions: SessionRules {
            sender_idle: minutes(sessions.sender_idle_minutes),
            sender_life: minutes(sessions.sender_hours * 60),
            own_device_life: minutes(sessions.own_device_days * 24 * 60),
            staff_idle: minutes(sessions.staff_idle_minutes),
            staff_life: minutes(sessions.staff_hours * 60),
            staff_confirmed: minutes(sessions.staff_confirmed_minutes),
        },
        limits: limits(settings),
        letters: LetterRules {
            files: letters.files,
            file_bytes: letters.file_bytes(),
            files_follow: minutes(letters.files_follow_hours * 60),
            body_characters: letters.body_characters as usize,
            review_days: letters.review_days,
            answer_days: letters.answer_days,
            objection_days: letters.objection_days,
            ruling_days: letters.ruling_days,
            sender_days: letters.sender_days,
            referral_hops: letters.referral_hops,
            undo: Duration::from_secs(u64::from(letters.undo_seconds)),
        },
    }
}

fn limits(settings: &Settings) -> Limits {
    let set = &settings.limits;
    Limits {
        sends_per_number_per_minute: set.sends_per_number_per_minute,
        sends_per_number_per_15_minutes: set.sends_per_number_per_15_minutes,
        sends_per_number_per_day: set.sends_per_number_per_day,
        sends_per_address_per_hour: set.sends_per_address_per_hour,
        sends_per_network_per_hour: set.sends_per_network_per_hour,
        sends_per_hundred_numbers_per_hour: set.sends_per_hundred_numbers_per_hour,
        sends_per_organisation_per_day: set.sends_per_organisation_per_day,
        sends_per_day: set.sends_per_day,
        failures_per_number_per_day: set.failures_per_number_per_day,
        failures_per_address_per_hour: set.failures_per_address_per_hour,
        failures_per_network_per_hour: set.failures_per_network_per_hour,
        failures_per_day: set.failures_per_day,
        tracking_per_address_per_minute: set.tracking_per_address_per_minute,
        wakings_per_number_per_day: set.wakings_per_number_per_day,
        texts_per_number_per_hour: set.texts_per_number_per_hour,
        texts_per_organisation_per_hour: set.texts_per_organisation_per_hour,
        withdrawal_codes_per_number_per_day: set.withdrawal_codes_per_number_per_day,
        email_codes_per_sender_per_day: set.email_codes_per_sender_per_day,
        email_codes_per_recipient_per_day: set.email_codes_per_recipient_per_day,
        waits_per_address_per_hour: set.waits_per_address_per_hour,
        staff_failures_per_account_per_15_minutes: set.staff_failures_per_account_per_15_minutes,
        staff_failures_per_address_per_15_minutes: set.staff_failures_per_address_per_15_minutes,
        drafts_per_sender: set.drafts_per_sender,
        submissions_per_sender_per_day: set.submissions_per_sender_per_day,
        messages_per_sender_per_day: set.messages_per_sender_per_day,
        interim_messages_per_letter_per_day: set.interim_messages_per_letter_per_day,
        messages_per_organisation_per_day: settings.messages.per_organisation_per_day,
        files_per_sender_per_day: settings.files.quota_per_day,
    }
}

pub fn seconds(number: u32) -> Duration {
    Duration::from_secs(number.into())
}

fn minutes(number: u32) -> Duration {
    seconds(number) * 60
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_settings_are_the_default_rules() {
        let settings = Settings::load(None, std::iter::empty(), &[]).expect("the defaults load");
        assert_eq!(format!("{:?}", rules(&settings)), format!("{:?}", Rules::default()));
    }
}
