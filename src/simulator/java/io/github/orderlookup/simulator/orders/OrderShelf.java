package io.github.orderlookup.simulator.orders;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The Orders that exist, by {@code id}. Of documents with the same id the first wins. Thread-safe.
 */
public final class OrderShelf {

    private static final Pattern GUID =
            Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private final Map<String, StoredOrder> orders = new ConcurrentHashMap<>();
    private final Set<String> customers = ConcurrentHashMap.newKeySet();

    /**
     * Puts up every {@code *.json} of the folder that is an Order; one that is not is passed over.
     */
    public void addFolder(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> documents =
                    files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
            for (Path document : documents) {
                add(Files.readString(document, StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * @return whether the text is an Order with {@code id} and {@code referenceCustomerId}
     */
    public boolean add(String json) {
        String text = json.startsWith("\uFEFF") ? json.substring(1) : json;
        try {
            JsonNode document = MAPPER.readTree(text);
            String id = document.path("id").asText();
            String customer = document.path("referenceCustomerId").asText();
            if (id.isEmpty() || customer.isEmpty()) {
                return false;
            }
            orders.putIfAbsent(key(id), new StoredOrder(customer, id, text));
            addCustomer(customer);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    public void addCustomer(String customerId) {
        customers.add(customerId.toLowerCase(Locale.ROOT));
    }

    boolean knowsCustomer(String customerId) {
        return customers.contains(customerId.toLowerCase(Locale.ROOT));
    }

    Optional<StoredOrder> find(String customerId, String orderId) {
        return Optional.ofNullable(orders.get(key(orderId)))
                .filter(order -> order.customerId().equalsIgnoreCase(customerId));
    }

    public List<StoredOrder> all() {
        return List.copyOf(orders.values());
    }

    static boolean isGuid(String text) {
        return GUID.matcher(text).matches();
    }

    private static String key(String orderId) {
        return isGuid(orderId) ? orderId.toLowerCase(Locale.ROOT) : orderId;
    }
}
