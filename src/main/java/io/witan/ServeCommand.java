package io.witan;

import io.witan.database.Database;
import io.witan.database.OpenDatabase;
import io.witan.database.ServerSettings;
import io.witan.database.StateDirectory;
import io.witan.identity.SetupLinks;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts the database and then the application, and stops them in the opposite order. */
@Command(name = "serve", description = "Start Witan and serve its pages and its API until Ctrl-C.")
final class ServeCommand implements Callable<Integer> {
  /** What {@link #call} returns while the server goes on. */
  static final int RUNNING = -1;

  @Mixin private DataOption data = new DataOption();

  @Option(
      names = "--host",
      defaultValue = "127.0.0.1",
      description = "The address to listen on (default: ${DEFAULT-VALUE}, this machine only).")
  private String host = "127.0.0.1";

  @Option(
      names = "--port",
      defaultValue = "8080",
      description = "The port to listen on (default: ${DEFAULT-VALUE}).")
  private int port = 8080;

  @Spec private CommandSpec spec = CommandSpec.create();

  private @Nullable StateDirectory state;
  private @Nullable OpenDatabase database;
  private @Nullable ConfigurableApplicationContext application;
  private boolean stopped;

  @Override
  public Integer call() {
    Instant begun = Instant.now();
    requireFreePort();
    // before anything is started: Ctrl-C may come at any moment
    Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
    try {
      start();
    } catch (RuntimeException e) {
      stop();
      throw e;
    }
    long seconds = Duration.between(begun, Instant.now()).toSeconds();
    say("Witan is ready at http://" + visibleHost() + ":" + port + " (after " + seconds + " s).");
    sayHowToSetUp();
    say("Press Ctrl-C to stop.");
    return RUNNING;
  }

  private void start() {
    var held = StateDirectory.open(data.directory);
    hold(held);
    var opened =
        OpenDatabase.forServer(held, ServerSettings.defaults(), System.getenv(), this::say);
    hold(opened);
    say("starting the application");
    hold(run(opened.database(), held));
  }

  private ConfigurableApplicationContext run(Database prepared, StateDirectory held) {
    var settings =
        Map.<String, Object>of(
            "witan.database.url", prepared.jdbcUrl(),
            "witan.database.user", prepared.user(),
            "witan.database.password", prepared.password(),
            "witan.data", held.path().toString(),
            "server.address", host,
            "server.port", port);
    var spring = new SpringApplication(WitanApplication.class);
    spring.setRegisterShutdownHook(false);
    spring.setBannerMode(Banner.Mode.OFF);
    spring.addInitializers(
        context ->
            context
                .getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource("witan serve", settings)));
    return spring.run();
  }

  // a field is set and stop() runs under one lock, so that nothing started is left behind

  private synchronized void hold(StateDirectory started) {
    state = started;
    releaseIfStopped();
  }

  private synchronized void hold(OpenDatabase started) {
    database = started;
    releaseIfStopped();
  }

  private synchronized void hold(ConfigurableApplicationContext started) {
    application = started;
    releaseIfStopped();
  }

  private void releaseIfStopped() {
    if (stopped) {
      release();
    }
  }

  private synchronized void stop() {
    if (!stopped && (application != null || database != null)) {
      say("stopping");
    }
    stopped = true;
    release();
  }

  /** The application first: it still writes to the database while it finishes its requests. */
  private void release() {
    var running = application;
    application = null;
    if (running != null) {
      running.close();
    }
    var open = database;
    database = null;
    if (open != null) {
      open.close();
      say("database stopped");
    }
    var held = state;
    state = null;
    if (held != null) {
      held.close();
    }
  }

  private void requireFreePort() {
    try {
      InetAddress address = InetAddress.getByName(host);
      if (!PortOwner.isFree(address, port)) {
        throw new CommandProblem(
            "Port "
                + port
                + " is in use by "
                + PortOwner.of(port).orElse("another process")
                + ". Stop it, or choose another port: witan serve --port "
                + (port + 1));
      }
    } catch (UnknownHostException e) {
      throw new CommandProblem("There is no address " + host + " to listen on: " + e.getMessage());
    }
  }

  /** Prints the link of the first administrator, as long as there is none. */
  private void sayHowToSetUp() {
    var running = application;
    if (running != null) {
      running
          .getBean(SetupLinks.class)
          .issue()
          .ifPresent(
              token -> {
                say("Open this link within 30 minutes to become the administrator; it works once:");
                say("  http://" + visibleHost() + ":" + port + "/setup#" + token);
              });
    }
  }

  private String visibleHost() {
    return host.equals("0.0.0.0") || host.equals("::") ? "localhost" : host;
  }

  private void say(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }
}
