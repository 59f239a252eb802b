package io.laundrybridge.config;

/**
 * A word that is a value of a setting.
 *
 * @param word as an operator writes it
 * @param meaning what it does, in Markdown
 */
public record Choice(String word, String meaning) {}
