package io.witan.database;

/**
 * How the embedded PostgreSQL runs.
 *
 * @param port the loopback port; 0 takes a free one at each start
 * @param sharedBuffersMebibytes memory for its page cache
 * @param maintenanceMebibytes memory for building an index
 * @param maxConnections connections at a time
 * @param durable whether a commit survives a power cut; false only for throw-away databases
 */
public record ServerSettings(
    int port,
    int sharedBuffersMebibytes,
    int maintenanceMebibytes,
    int maxConnections,
    boolean durable) {

  /** Rejects what PostgreSQL would not start with. */
  public ServerSettings {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("port must be 0..65535, not " + port);
    }
    if (sharedBuffersMebibytes < 1 || maintenanceMebibytes < 1 || maxConnections < 10) {
      throw new IllegalArgumentException(
          "needs at least 1 MiB of each memory and 10 connections: "
              + sharedBuffersMebibytes
              + ", "
              + maintenanceMebibytes
              + ", "
              + maxConnections);
    }
  }

  /** Modest memory, a free port, every commit on disk. */
  public static ServerSettings defaults() {
    return new ServerSettings(0, 256, 256, 60, true);
  }

  /** The lines of the server's configuration file. */
  String configuration(int chosenPort, String logDirectory) {
    return """
        listen_addresses = '127.0.0.1'
        port = %d
        unix_socket_directories = ''
        password_encryption = 'scram-sha-256'
        max_connections = %d
        shared_buffers = '%dMB'
        maintenance_work_mem = '%dMB'
        work_mem = '16MB'
        effective_cache_size = '%dMB'
        max_wal_size = '1GB'
        fsync = %4$s
        synchronous_commit = %4$s
        full_page_writes = %4$s
        jit = off
        timezone = 'UTC'
        log_timezone = 'UTC'
        logging_collector = on
        log_directory = '%s'
        log_filename = 'postgresql-%%a.log'
        log_truncate_on_rotation = on
        log_rotation_age = '1d'
        log_rotation_size = 0
        log_min_messages = 'warning'
        """
        .replace("%4$s", durable ? "on" : "off")
        .formatted(
            chosenPort,
            maxConnections,
            sharedBuffersMebibytes,
            maintenanceMebibytes,
            sharedBuffersMebibytes * 3,
            logDirectory.replace("'", "''"));
  }
}
