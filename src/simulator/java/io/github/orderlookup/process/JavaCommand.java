package io.github.orderlookup.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A JVM to be started, of the same JDK as this one unless said otherwise. Of this process's
 * environment it sees only what says who and where it runs. Not thread-safe; one command may be
 * started more than once.
 */
public final class JavaCommand {
    private static final Set<String> INHERITED =
            Set.of("PATH", "HOME", "USER", "LANG", "LC_ALL", "TZ", "TMPDIR", "TEMP", "SystemRoot");
    private static final AtomicInteger STARTED = new AtomicInteger();

    private final String name;
    private List<String> java;
    private final List<String> program;
    private final List<String> options = new ArrayList<>();
    private final List<String> arguments = new ArrayList<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private Path directory = Path.of("");
    private @Nullable Path log;

    private JavaCommand(String name, List<String> java, List<String> program) {
        this.name = name;
        this.java = java;
        this.program = program;
    }

    private JavaCommand(String name, List<String> program) {
        this(
                name,
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()),
                program);
    }

    /**
     * Runs a program with another JDK.
     *
     * @param java its launcher, or a command that ends with it
     * @param program the options that name class path and main class
     */
    public static JavaCommand of(String name, List<String> java, List<String> program) {
        return new JavaCommand(name, java, program);
    }

    /** Runs a main class on the class path of this JVM. */
    public static JavaCommand ofMain(String name, Class<?> main) {
        return ofMain(name, main.getName());
    }

    /** Runs a main class on the class path of this JVM, or on another one that it is given. */
    public static JavaCommand ofMain(String name, String main) {
        return new JavaCommand(name, List.of(main))
                .environment("CLASSPATH", System.getProperty("java.class.path"));
    }

    /** Runs {@code java -jar}. */
    public static JavaCommand ofJar(String name, Path jar) {
        return new JavaCommand(name, List.of("-jar", jar.toAbsolutePath().toString()));
    }

    /** Runs with another JDK: its launcher, or a command that ends with it. */
    public JavaCommand launcher(List<String> java) {
        this.java = List.copyOf(java);
        return this;
    }

    /** The working directory, made if it is not there; also where the output goes. */
    public JavaCommand directory(Path directory) {
        this.directory = directory;
        return this;
    }

    /** Sends what it prints, errors too, to this file instead of two in its directory. */
    public JavaCommand log(Path file) {
        this.log = file.toAbsolutePath();
        return this;
    }

    /** Adds options of the JVM. */
    public JavaCommand options(String... options) {
        this.options.addAll(List.of(options));
        return this;
    }

    /** Sets a system property. */
    public JavaCommand property(String key, String value) {
        return options("-D" + key + "=" + value);
    }

    /** Sets an environment variable. */
    public JavaCommand environment(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Adds arguments of the program. */
    public JavaCommand arguments(String... arguments) {
        this.arguments.addAll(List.of(arguments));
        return this;
    }

    /**
     * Starts the process. Unless there is a log, what it prints goes to {@code <name>-<number>.out}
     * and {@code .err} in its directory; nobody's output is overwritten by another child of this
     * JVM.
     */
    public ChildProcess start() {
        Path home = directory.toAbsolutePath();
        String file = name + "-" + STARTED.incrementAndGet();
        Path out = log == null ? home.resolve(file + ".out") : log;
        Path err = log == null ? home.resolve(file + ".err") : log;
        try {
            Files.createDirectories(home);
            Process process = builder(home, out, err).start();
            return new ChildProcess(name, process, out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ProcessBuilder builder(Path home, Path out, Path err) {
        var builder = new ProcessBuilder(commandLine());
        builder.directory(home.toFile());
        builder.redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.redirectErrorStream(out.equals(err));
        builder.environment().keySet().retainAll(INHERITED);
        builder.environment().putAll(environment);
        return builder;
    }

    private List<String> commandLine() {
        List<String> line = new ArrayList<>(java);
        line.addAll(options);
        line.addAll(program);
        line.addAll(arguments);
        return line;
    }
}
