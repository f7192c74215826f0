-- A token for a target opens the one that it names; 1 if it may delete what is stored there.
ALTER TABLE token ADD COLUMN target TEXT;
ALTER TABLE token ADD COLUMN target_deletes INTEGER;
