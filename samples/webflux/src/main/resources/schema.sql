create table if not exists signature_job (
    id               varchar(36)              primary key,
    flow             varchar(10)              not null,
    title            varchar(80)              not null,
    status           varchar(20)              not null,
    problem          varchar(1000),
    created          timestamp with time zone not null,
    signature_job_id bigint,
    status_url       varchar(500),
    signer_url       varchar(500),
    pades_url        varchar(500),
    confirmation_url varchar(500),
    document_file    varchar(100),
    document_name    varchar(250)
);

create table if not exists job_document (
    job_id           varchar(36)              not null references signature_job (id),
    place            int                      not null,
    title            varchar(80)              not null,
    primary key (job_id, place)
);

create table if not exists job_signer (
    job_id           varchar(36)              not null references signature_job (id),
    place            int                      not null,
    identifier       varchar(320)             not null,
    status           varchar(100)             not null,
    primary key (job_id, place)
);

-- The unique key is what makes a change that is delivered twice be applied once.
create table if not exists status_change (
    job_id           varchar(36)              not null references signature_job (id),
    change_key       varchar(2000)            not null,
    status           varchar(20)              not null,
    summary          varchar(200)             not null,
    applied          timestamp with time zone not null,
    primary key (job_id, change_key)
);
