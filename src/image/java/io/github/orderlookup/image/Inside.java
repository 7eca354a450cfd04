package io.github.orderlookup.image;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.List;
import net.jpountz.lz4.LZ4Factory;
import org.xerial.snappy.Snappy;

/** What a program finds in the image, one line each. Runs there, by the Java of the image. */
final class Inside {
    private static final List<String> DIRECTORIES =
            List.of("/", "/etc/order-lookup", "/opt/order-lookup", "/tmp", "/var/lib/order-lookup");

    private Inside() {}

    public static void main(String[] arguments) throws Exception {
        say("process", ProcessHandle.current().pid());
        say("user", System.getProperty("user.name"));
        say("directory", System.getProperty("user.dir"));
        say("writable", DIRECTORIES.stream().filter(Inside::isWritable).toList());
        say("shell", canStart("sh") || canStart("/bin/sh") || canStart("/bin/busybox"));
        say("localhost", InetAddress.getByName("localhost").isLoopbackAddress());
        say("certificates", certificates() > 50);
        say("natives", compresses());
    }

    private static void say(String what, Object value) {
        System.out.println(what + "=" + value);
    }

    private static boolean isWritable(String directory) {
        try {
            Files.delete(Files.createTempFile(Path.of(directory), "inside", ""));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean canStart(String program) {
        try {
            new ProcessBuilder(program, "-c", "true").start().destroyForcibly();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static int certificates() throws Exception {
        Path file = Path.of(System.getProperty("java.home"), "lib", "security", "cacerts");
        KeyStore trusted = KeyStore.getInstance("JKS");
        try (InputStream in = Files.newInputStream(file)) {
            trusted.load(in, null);
        }
        return trusted.size();
    }

    /** As Kafka does, with libraries that are unpacked to /tmp. */
    private static boolean compresses() throws IOException {
        byte[] text = "order-lookup".repeat(100).getBytes("UTF-8");
        byte[] lz4 = LZ4Factory.nativeInstance().fastCompressor().compress(text);
        return lz4.length < text.length
                && Zstd.compress(text).length < text.length
                && Arrays.equals(Snappy.uncompress(Snappy.compress(text)), text);
    }
}
