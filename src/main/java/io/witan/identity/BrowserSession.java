package io.witan.identity;

/**
 * Proof that a request comes from a browser session and not from an API key; a controller asks for
 * it as a parameter where credentials change, so that a stolen key cannot outlive its revocation.
 */
public record BrowserSession() {}
