package io.laundrybridge.config;

/**
 * A word that a setting may have.
 *
 * @param word as an operator writes it
 * @param meaning what it does, in Markdown
 */
public record Choice(String word, String meaning) {}
