import GRDB

extension Schema {
  /// Version 6: what programs set for a project, for how long they had it trained and
  /// from which iteration on.
  static func makeVersion6(_ db: Database) throws {
    try db.execute(
      sql: """
        ALTER TABLE project ADD COLUMN exportPlatforms TEXT NOT NULL DEFAULT '';
        ALTER TABLE project ADD COLUMN notificationAddress TEXT;
        ALTER TABLE project ADD COLUMN exportAddress TEXT;
        ALTER TABLE iteration ADD COLUMN budgetHours INTEGER;
        ALTER TABLE iteration ADD COLUMN base BLOB REFERENCES iteration (id);
        """)
  }
}
