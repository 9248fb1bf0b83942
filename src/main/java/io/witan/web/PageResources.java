package io.witan.web;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.PathResourceResolver;

/**
 * Serves the pages: files as they are, and {@code index.html} for addresses that only the browser's
 * router knows.
 */
@Configuration(proxyBeanMethods = false)
class PageResources implements WebMvcConfigurer {
  private static final String FILES = "classpath:/static/";
  private static final Duration FOREVER = Duration.ofDays(365);

  @Override
  public void addResourceHandlers(ResourceHandlerRegistry registry) {
    registry
        .addResourceHandler("/assets/**")
        .addResourceLocations(FILES + "assets/")
        .setCacheControl(CacheControl.maxAge(FOREVER).cachePublic().immutable());
    registry
        .addResourceHandler("/**")
        .addResourceLocations(FILES)
        .setCacheControl(CacheControl.noCache())
        .resourceChain(true)
        .addResolver(new PageResolver());
  }

  @Override
  public void addViewControllers(ViewControllerRegistry registry) {
    registry.addViewController("/").setViewName("forward:/index.html");
  }

  private static final class PageResolver extends PathResourceResolver {
    @Override
    protected @Nullable Resource getResource(String path, Resource location) throws IOException {
      var file = super.getResource(path, location);
      return file != null || !isPage(path) ? file : super.getResource("index.html", location);
    }

    /** Page addresses have no dot in their last segment and belong to no machine interface. */
    private static boolean isPage(String path) {
      var last = path.substring(path.lastIndexOf('/') + 1);
      return last.indexOf('.') < 0
          && !path.equals("api")
          && !path.startsWith("api/")
          && !path.equals("v1")
          && !path.startsWith("v1/")
          && !path.equals("actuator")
          && !path.startsWith("actuator/");
    }
  }
}
