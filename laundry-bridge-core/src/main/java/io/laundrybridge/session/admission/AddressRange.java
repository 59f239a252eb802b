package io.laundrybridge.session.admission;

import static io.laundrybridge.config.BridgeSettings.TRUSTED_PROXIES;

import io.laundrybridge.error.SettingException;
import java.util.Optional;

/**
 * A range of addresses that begin with the same bits, for example {@code 10.0.0.0/8}, or one single address.
 *
 * @param first an address of the range
 * @param bits the number of bits that all of them share
 */
record AddressRange(IpAddress first, int bits) {

    /**
     * Returns the range in {@code text}.
     *
     * @throws SettingException if it is neither an address nor a range; the message names the key
     */
    static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        Optional<IpAddress> address = IpAddress.parse(slash < 0 ? text : text.substring(0, slash));
        int all = address.map(some -> some.bytes().length * 8).orElse(0);
        int bits = slash < 0 ? all : number(text.substring(slash + 1));
        if (address.isEmpty() || bits < 0 || bits > all) {
            throw new SettingException(
                    TRUSTED_PROXIES.key(),
                    TRUSTED_PROXIES + " has the entry '" + text
                            + "'; expected an address such as 10.0.0.7 or ::1, or a range such as 10.0.0.0/8 or"
                            + " fd00::/8");
        }
        return new AddressRange(address.get(), bits);
    }

    boolean contains(IpAddress address) {
        byte[] these = first.bytes();
        byte[] those = address.bytes();
        if (these.length != those.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            if (((these[bit / 8] ^ those[bit / 8]) & (0x80 >> bit % 8)) != 0) {
                return false;
            }
        }
        return true;
    }

    private static int number(String text) {
        return text.matches("\\d{1,3}") ? Integer.parseInt(text) : -1;
    }
}
