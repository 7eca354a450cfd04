package io.github.orderlookup.settings.format;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Pattern;

/** Classifies host names and addresses by their text alone, without DNS. */
public final class Hosts {
    private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern LOOPBACK_V4 =
            Pattern.compile(String.format(Locale.ROOT, "127\\.%1$s\\.%1$s\\.%1$s", OCTET));
    private static final Pattern ADDRESS_V4 =
            Pattern.compile(String.format(Locale.ROOT, "%1$s\\.%1$s\\.%1$s\\.%1$s", OCTET));
    private static final Pattern ADDRESS_V6 = Pattern.compile("(?=[^:]*:)[0-9A-Fa-f:.]{2,45}");
    private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9])?";
    private static final Pattern NAME =
            Pattern.compile(String.format(Locale.ROOT, "%1$s(?:\\.%1$s)*", LABEL));
    private static final Pattern ONLY_DIGITS_AND_DOTS = Pattern.compile("[0-9.]+");
    private static final int LONGEST_NAME = 253;

    private Hosts() {}

    /** Whether it is {@code localhost}, in 127.0.0.0/8 or {@code ::1}, without brackets. */
    public static boolean isLoopback(String host) {
        return host.equalsIgnoreCase("localhost")
                || LOOPBACK_V4.matcher(host).matches()
                || isLoopbackV6(host);
    }

    /** Whether it is a name or an address, without brackets and port. */
    static boolean isHost(String host) {
        return ADDRESS_V4.matcher(host).matches() || isName(host) || isAddressV6(host);
    }

    static boolean isName(String host) {
        return host.length() <= LONGEST_NAME
                && NAME.matcher(host).matches()
                && !ONLY_DIGITS_AND_DOTS.matcher(host).matches();
    }

    private static boolean isLoopbackV6(String host) {
        try {
            return ADDRESS_V6.matcher(host).matches()
                    && InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static boolean isAddressV6(String host) {
        try {
            return ADDRESS_V6.matcher(host).matches() && InetAddress.getByName(host) != null;
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
