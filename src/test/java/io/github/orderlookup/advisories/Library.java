package io.github.orderlookup.advisories;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A library on the class path, as its file is named. */
record Library(String artifact, String version) {

    private static final Pattern JAR = Pattern.compile("(.+?)-(\\d.*)\\.jar");

    static List<Library> onTheClassPath() {
        return Pattern.compile(File.pathSeparator)
                .splitAsStream(System.getProperty("java.class.path"))
                .map(entry -> Path.of(entry).getFileName().toString())
                .flatMap(name -> of(name).stream())
                .toList();
    }

    private static Optional<Library> of(String file) {
        Matcher name = JAR.matcher(file);
        return name.matches()
                ? Optional.of(new Library(name.group(1), name.group(2)))
                : Optional.empty();
    }
}
