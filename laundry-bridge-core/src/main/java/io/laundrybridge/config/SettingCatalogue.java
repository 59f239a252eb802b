package io.laundrybridge.config;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The list of all settings. The documentation and Spring's metadata are made from it. */
public final class SettingCatalogue {
    private static final List<Setting<?>> ALL = Stream.of(
                    BridgeSettings.all(), ChannelSettings.all(), LimitSettings.all(), PublishSettings.all())
            .flatMap(Collection::stream)
            .toList();

    private SettingCatalogue() {}

    /** {@return all settings, in the order of the documentation} */
    public static List<Setting<?>> all() {
        return ALL;
    }

    /**
     * Returns the setting with the key {@code key}, with the key's name in place of a placeholder; empty if there is
     * none.
     */
    static Optional<Setting<?>> find(String key) {
        for (Setting<?> setting : ALL) {
            if (setting.key().equals(key)) {
                return Optional.of(setting);
            }
            Optional<String> name = setting.nameIn(key);
            if (name.isPresent()) {
                return Optional.of(setting.of(name.get()));
            }
        }
        return Optional.empty();
    }

    /**
     * Returns the key that was meant by {@code misspelt}.
     *
     * @param channels names of channels that other keys have
     */
    static String nearest(String misspelt, Collection<String> channels) {
        List<String> names = Stream.concat(channels.stream(), wordInTheMiddle(misspelt).stream())
                .toList();
        return NearestName.of(
                misspelt, ALL.stream().flatMap(setting -> keys(setting, names)).toList());
    }

    private static Stream<String> keys(Setting<?> setting, List<String> names) {
        return setting.hasPlaceholder()
                ? names.stream().map(name -> setting.of(name).key())
                : Stream.of(setting.key());
    }

    /** Returns the name of the channel in {@code laundry-bridge.chanels.machines.topic}. */
    private static Optional<String> wordInTheMiddle(String key) {
        String[] words = key.split("\\.", 3);
        int last = words.length < 3 ? -1 : words[2].lastIndexOf('.');
        return last < 0 ? Optional.empty() : Optional.of(words[2].substring(0, last));
    }
}
