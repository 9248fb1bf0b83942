package io.witan.web;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import io.witan.identity.AccessScope;
import io.witan.identity.BrowserSession;
import java.util.List;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Describes the API so that clients can be generated from it. */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {
  private static final String PROBLEM = "Problem";

  OpenApiConfiguration() {
    SpringDocUtils.getConfig().addRequestWrapperToIgnore(AccessScope.class, BrowserSession.class);
  }

  @Bean
  OpenAPI description() {
    return new OpenAPI()
        .info(
            new Info()
                .title("Witan")
                .version("v1")
                .description("Everything the pages do, for programs.")
                .license(new License().name("Apache-2.0").identifier("Apache-2.0")))
        .servers(List.of(new Server().url("/")))
        .components(
            new Components()
                .addSchemas(PROBLEM, problem())
                .addSecuritySchemes(
                    "apiKey", new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("bearer"))
                .addSecuritySchemes(
                    "session",
                    new SecurityScheme()
                        .type(SecurityScheme.Type.APIKEY)
                        .in(SecurityScheme.In.COOKIE)
                        .name("WITAN_SESSION")))
        .addSecurityItem(new SecurityRequirement().addList("apiKey"))
        .addSecurityItem(new SecurityRequirement().addList("session"));
  }

  /** RFC 9457; docs/problems.md lists the codes. */
  @SuppressWarnings("unchecked") // the builders return the raw type
  private static Schema<?> problem() {
    var error =
        new ObjectSchema()
            .addProperty("field", new StringSchema())
            .addProperty("message", new StringSchema())
            .required(List.of("field", "message"));
    return new ObjectSchema()
        .addProperty("type", new StringSchema())
        .addProperty("title", new StringSchema())
        .addProperty("status", new IntegerSchema())
        .addProperty("detail", new StringSchema())
        .addProperty("code", new StringSchema())
        .addProperty("requestId", new StringSchema())
        .addProperty("field", new StringSchema())
        .addProperty("errors", new ArraySchema().items(error))
        .addProperty("retryAfterSeconds", new IntegerSchema())
        .required(List.of("type", "title", "status", "detail", "code", "requestId"));
  }

  @Bean
  RequiredComponents requiredComponents() {
    return new RequiredComponents();
  }

  /** Any operation may answer with a problem. */
  @Bean
  OperationCustomizer problemAnswers() {
    return (operation, method) -> {
      operation
          .getResponses()
          .addApiResponse(
              "default",
              new ApiResponse()
                  .description("A problem; its code is listed in docs/problems.md")
                  .content(
                      new Content()
                          .addMediaType(
                              org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                              new MediaType()
                                  .schema(
                                      new Schema<>().$ref("#/components/schemas/" + PROBLEM)))));
      return operation;
    };
  }

  /** The open operations say so. */
  @Bean
  OpenApiCustomizer openOperations() {
    return description ->
        description
            .getPaths()
            .forEach(
                (path, item) -> {
                  if (path.equals("/api/v1/setup")) {
                    open(item.getGet());
                    open(item.getPost());
                  }
                  if (path.equals("/api/v1/session") || path.equals("/api/v1/invitations")) {
                    open(item.getPost());
                  }
                });
  }

  private static void open(Operation operation) {
    operation.setSecurity(List.of());
  }
}
