-- Who may come in: senders by mobile and code, staff by password and second factor; their sessions; and the limits.

create table senders (
    organisation_id text not null,
    id text not null,
    mobile text not null,
    name text not null,
    kind text not null,
    language text not null,
    created_at bigint not null,
    primary key (organisation_id, id)
);
create unique index senders_by_mobile on senders (organisation_id, mobile);

-- A sign-in on its way: one live code each, known to the browser by a token whose hash is the id.
create table sign_ins (
    organisation_id text not null,
    id text not null,
    mobile text not null,
    code_hash text not null,
    sends bigint not null,
    sent_at bigint not null,
    expires_at bigint not null,
    tries bigint not null,
    used_at bigint,
    primary key (organisation_id, id)
);
create index sign_ins_by_expiry on sign_ins (expires_at);

-- Challenges that were solved; each serves once.
create table spent_challenges (
    organisation_id text not null,
    id text not null,
    expires_at bigint not null,
    primary key (organisation_id, id)
);

create table sessions (
    organisation_id text not null,
    id text not null,
    holder_kind text not null,
    holder_id text not null,
    device text not null,
    address text not null,
    created_at bigint not null,
    seen_at bigint not null,
    idle_millis bigint not null,
    expires_at bigint not null,
    ended_at bigint,
    primary key (organisation_id, id)
);
create index sessions_by_holder on sessions (organisation_id, holder_kind, holder_id);

-- How often something happened in its running window; organisation_id '' counts over all organisations.
create table hits (
    organisation_id text not null,
    subject text not null,
    window_began_at bigint not null,
    count bigint not null,
    -- When it last happened; growing delays run from here.
    last_at bigint not null,
    primary key (organisation_id, subject)
);
create index hits_by_age on hits (window_began_at);

create table staff (
    organisation_id text not null,
    id text not null,
    email text not null,
    name text not null,
    password_hash text,
    totp_secret text,
    -- The last time step whose code was used: a code serves once.
    totp_step bigint not null,
    created_at bigint not null,
    disabled_at bigint,
    primary key (organisation_id, id)
);
create unique index staff_by_email on staff (organisation_id, email);

create table posts (
    organisation_id text not null,
    id text not null,
    staff_id text not null,
    -- Empty: the organisation as a whole, as the secretariat's posts are.
    unit_id text not null,
    title text not null,
    role text not null,
    ended_at bigint,
    primary key (organisation_id, id)
);
create index posts_by_staff on posts (organisation_id, staff_id);

create table recovery_codes (
    organisation_id text not null,
    staff_id text not null,
    code_hash text not null,
    used_at bigint,
    primary key (organisation_id, staff_id, code_hash)
);

-- One-time links by which staff set their password and second factor.
create table invitations (
    organisation_id text not null,
    id text not null,
    staff_id text not null,
    totp_secret text not null,
    expires_at bigint not null,
    used_at bigint,
    primary key (organisation_id, id)
);

-- A staff sign-in between password and second factor.
create table second_factors (
    organisation_id text not null,
    id text not null,
    staff_id text not null,
    tries bigint not null,
    expires_at bigint not null,
    used_at bigint,
    primary key (organisation_id, id)
);
