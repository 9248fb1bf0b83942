package io.witan.identity.signin;

import io.witan.identity.AccessScope;
import io.witan.identity.BrowserSession;
import io.witan.identity.NotSignedIn;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Gives controllers the scope of who sent the request; nothing in the request can choose it. */
@Configuration(proxyBeanMethods = false)
class ScopeArguments implements WebMvcConfigurer {

  ScopeArguments() {}

  @Override
  public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
    resolvers.add(new Resolver());
  }

  private static final class Resolver implements HandlerMethodArgumentResolver {
    @Override
    public boolean supportsParameter(MethodParameter parameter) {
      return parameter.getParameterType() == AccessScope.class
          || parameter.getParameterType() == BrowserSession.class;
    }

    @Override
    public Object resolveArgument(
        MethodParameter parameter,
        @Nullable ModelAndViewContainer container,
        NativeWebRequest request,
        @Nullable WebDataBinderFactory binders) {
      if (!(SecurityContextHolder.getContext().getAuthentication()
          instanceof PersonAuthentication person)) {
        throw new NotSignedIn();
      }
      if (parameter.getParameterType() == AccessScope.class) {
        return person.scope();
      }
      if (!person.isSession()) {
        throw new NeedsSession();
      }
      return new BrowserSession();
    }
  }
}
