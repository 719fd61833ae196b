-- Layout of the store.
PRAGMA user_version;
