package io.github.orderlookup.settings;

import java.net.URI;

/**
 * A Microsoft cloud in which Partner Center is run. Tokens of one cloud are worth nothing in
 * another. The German cloud is missing because it was closed on 2021-10-29.
 */
public enum Cloud {
    GLOBAL(
            "https://api.partnercenter.microsoft.com",
            "https://login.microsoftonline.com",
            "https://api.partnercenter.microsoft.com",
            "api://AzureADTokenExchange"),

    /** Run by 21Vianet. */
    CHINA(
            "https://partner.partnercenterapi.microsoftonline.cn",
            "https://login.chinacloudapi.cn",
            "https://partner.partnercenterapi.microsoftonline.cn",
            "api://AzureADTokenExchangeChina"),

    /** Shares its API host with {@link #GLOBAL}; only the login host is its own. */
    US_GOVERNMENT(
            "https://api.partnercenter.microsoft.com",
            "https://login.microsoftonline.us",
            "https://api.partnercenter.microsoft.com",
            "api://AzureADTokenExchangeUSGov");

    private final URI apiUrl;
    private final URI loginUrl;
    private final String resource;
    private final String tokenExchangeAudience;

    Cloud(String apiUrl, String loginUrl, String resource, String tokenExchangeAudience) {
        this.apiUrl = URI.create(apiUrl);
        this.loginUrl = URI.create(loginUrl);
        this.resource = resource;
        this.tokenExchangeAudience = tokenExchangeAudience;
    }

    /** Origin of the Partner Center API, without a slash at the end. */
    public URI apiUrl() {
        return apiUrl;
    }

    /** Origin of the host that issues tokens, without a slash at the end. */
    public URI loginUrl() {
        return loginUrl;
    }

    /** The resource a token is asked for: {@code {resource}/.default} is the scope. */
    public String resource() {
        return resource;
    }

    /**
     * The audience of a token that another issuer writes for a federated credential.
     *
     * <p>Source: Microsoft Entra, "Workload identity federation" (2025).
     */
    public String tokenExchangeAudience() {
        return tokenExchangeAudience;
    }
}
