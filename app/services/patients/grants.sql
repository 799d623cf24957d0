grant select, insert, update on patients.patients to :role;
grant select, insert, update, delete on patients.idempotency_keys to :role;
