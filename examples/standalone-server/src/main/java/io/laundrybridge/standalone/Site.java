package io.laundrybridge.standalone;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What a server answers beside its WebSocket endpoint: files, and pages that are made when they are asked for. */
public final class Site {
    private final List<StaticFiles> files;
    private final Map<String, LivePage> pages;

    private Site(List<StaticFiles> files, Map<String, LivePage> pages) {
        this.files = files;
        this.pages = pages;
    }

    /** Returns a site of files alone; those that come first win. */
    public static Site of(StaticFiles... files) {
        return new Site(List.of(files), Map.of());
    }

    /**
     * Returns this site with one more page, which goes before files.
     *
     * @param path the path as clients request it, for example {@code /health/live}
     * @param maker makes the page, at most once per second, however many ask for it
     */
    public Site page(String path, Supplier<Page> maker) {
        Map<String, LivePage> more = new HashMap<>(pages);
        more.put(path, new LivePage(maker));
        return new Site(files, Map.copyOf(more));
    }

    Optional<Page> page(String path) {
        return Optional.ofNullable(pages.get(path)).map(LivePage::now);
    }

    Optional<StaticFile> file(String path) {
        return files.stream().flatMap(some -> some.find(path).stream()).findFirst();
    }
}
