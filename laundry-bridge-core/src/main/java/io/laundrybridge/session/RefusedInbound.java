package io.laundrybridge.session;

/** The container's side of a socket that was refused: whatever still arrives is dropped. */
final class RefusedInbound implements Inbound {
    @Override
    public void text(String part, boolean last) {}

    @Override
    public void binary() {}

    @Override
    public void pong() {}

    @Override
    public void closed() {}
}
