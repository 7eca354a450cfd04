package io.github.orderlookup.readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles Java as it stands in a text: a whole file, or some lines of a method. */
final class JavaBlock {

    /** What the reader of some lines has at hand. */
    private static final String AROUND =
            """
            import io.github.orderlookup.lookup.*;
            import io.github.orderlookup.order.*;
            import java.util.*;
            import org.apache.camel.*;
            class Block {
                void run(ProducerTemplate producerTemplate, CamelContext camelContext,
                        String customerId, String orderId) throws Exception {
            %s
                }
            }
            """;

    private JavaBlock() {}

    static void compile(String text, Path directory) throws IOException {
        boolean whole = text.contains("class ") || text.contains("interface ");
        String source = whole ? text : AROUND.formatted(text);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter complaints = new StringWriter();
        boolean compiled =
                compiler.getTask(
                                complaints,
                                null,
                                null,
                                List.of(
                                        "-proc:none",
                                        "-classpath",
                                        System.getProperty("java.class.path"),
                                        "-d",
                                        directory.toString()),
                                null,
                                List.of(new Source(name(source), source)))
                        .call();
        assertThat(compiled).as(complaints.toString()).isTrue();
    }

    private static String name(String source) {
        var name = java.util.regex.Pattern.compile("(?:class|interface) (\\w+)").matcher(source);
        assertThat(name.find()).isTrue();
        return name.group(1);
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String name, String text) {
            super(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
