package io.witan.models.intake;

import io.witan.models.fetch.FetchSettings;
import io.witan.models.fetch.Fetcher;
import io.witan.models.registry.ModelRegistry;
import org.springframework.stereotype.Component;

/** What each job needs. */
@Component
record IncomingTools(
    IncomingRepository repository,
    IncomingFiles files,
    ModelRegistry registry,
    Fetcher fetcher,
    FetchSettings fetching,
    IncomingSettings settings) {}
