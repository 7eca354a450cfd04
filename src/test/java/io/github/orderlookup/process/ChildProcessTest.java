package io.github.orderlookup.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {
    @TempDir Path directory;

    @Test
    void runsInItsDirectoryWithWhatItWasGiven() {
        try (ChildProcess child = child(Describe.class).start()) {
            assertThat(child.awaitExit()).isEqualTo(3);

            assertThat(child.stdout())
                    .isEqualTo("%s a-variable a-property an argument", directory.toAbsolutePath());
            assertThat(child.stderr()).isEqualTo("to standard error");
        }
    }

    @Test
    void writesAllOfItsOutputToALogThatItIsGiven() throws IOException {
        Path log = directory.resolve("child.log");

        try (ChildProcess child = child(Describe.class).log(log).start()) {
            child.awaitExit();

            assertThat(log).content().contains("a-variable", "to standard error");
        }
    }

    @Test
    void saysWhetherItWasAskedToEndOrForced() {
        try (ChildProcess asked = child(Wait.class).start();
                ChildProcess forced = child(Wait.class).start()) {
            asked.awaitStdout("waiting");
            forced.awaitStdout("waiting");

            assertThat(asked.terminate()).isEqualTo(143);
            forced.kill();
            assertThat(forced.awaitExit()).isEqualTo(137);
        }
    }

    @Test
    void endsAWaitWithTheOutputWhenTheChildHasEnded() {
        try (ChildProcess child = child(Describe.class).start()) {
            assertThatThrownBy(() -> child.awaitStdout("something else"))
                    .hasMessageContainingAll("did not print something else", "a-property");
        }
    }

    @Test
    void endsWithAParentThatIsKilled() {
        try (ChildProcess parent = child(Parent.class).start()) {
            parent.awaitStdout(" waits");
            long pid = Long.parseLong(parent.stdout().replaceAll("\\D", ""));
            ProcessHandle grandchild = ProcessHandle.of(pid).orElseThrow();

            parent.kill();

            assertThat(grandchild.onExit()).succeedsWithin(ChildProcess.PATIENCE);
        }
    }

    @Test
    void findsPortsThatDiffer() {
        assertThat(FreePort.find()).isNotEqualTo(FreePort.find()).isBetween(1024, 65_535);
    }

    @Test
    void takesThePreferredPortUnlessSomebodyListensThere() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(FreePort.preferably(taken.getLocalPort()))
                    .isNotEqualTo(taken.getLocalPort());
        }
    }

    private JavaCommand child(Class<?> main) {
        return JavaCommand.ofMain("child", main)
                .directory(directory)
                .environment("OF_OUR_OWN", "a-variable")
                .property("of.our.own", "a-property")
                .arguments("an argument");
    }

    static final class Describe {
        public static void main(String[] arguments) {
            System.out.print(
                    String.join(
                            " ",
                            Path.of("").toAbsolutePath().toString(),
                            System.getenv("OF_OUR_OWN"),
                            System.getProperty("of.our.own"),
                            arguments[0]));
            System.err.print("to standard error");
            System.exit(3);
        }
    }

    static final class Wait {
        public static void main(String[] arguments) throws InterruptedException {
            ParentWatch.start();
            System.out.println("waiting");
            new CountDownLatch(1).await();
        }
    }

    static final class Parent {
        public static void main(String[] arguments) throws InterruptedException {
            var child = JavaCommand.ofMain("grandchild", Wait.class).start();
            child.awaitStdout("waiting");
            System.out.println("child " + child.pid() + " waits");
            new CountDownLatch(1).await();
        }
    }
}
