# syntax=docker/dockerfile:1
# docker build -t witan .
# docker build -t witan:VERSION-gpu --target gpu --build-context tornadovm="$TORNADOVM_HOME" .

FROM node:22-bookworm-slim AS node

FROM maven:3.9-eclipse-temurin-25 AS build
COPY --from=node /usr/local/bin/node /usr/local/bin/node
COPY --from=node /usr/local/lib/node_modules /usr/local/lib/node_modules
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm
WORKDIR /build
# libraries change less often than sources
COPY frontend/package.json frontend/package-lock.json frontend/.npmrc frontend/
COPY frontend/scripts frontend/scripts
RUN --mount=type=cache,target=/root/.npm npm --prefix frontend ci --no-audit --no-fund
COPY . .
RUN --mount=type=cache,target=/root/.m2 \
    mvn -B -ntp -DskipTests -Dfrontend.verify.skip=true package \
 && mkdir -p models \
 && java -Djarmode=tools -jar target/witan-*.jar extract --layers \
      --application-filename witan.jar --destination /extracted

# The embedded database takes the vector extension of PostgreSQL 17 from where Debian puts it.
FROM pgvector/pgvector:0.8.2-pg17-bookworm AS pgvector
RUN mkdir -p /out/usr/lib/postgresql/17/lib /out/usr/share/postgresql/17/extension \
 && cp /usr/lib/postgresql/17/lib/vector.so /out/usr/lib/postgresql/17/lib/ \
 && cp /usr/share/postgresql/17/extension/vector.control \
       /usr/share/postgresql/17/extension/vector--*.sql \
       /out/usr/share/postgresql/17/extension/

FROM eclipse-temurin:25-jre AS cpu
# PostgreSQL needs an account with a name, and refuses to run as root.
RUN groupadd --system --gid 10001 witan \
 && useradd --system --uid 10001 --gid witan --home-dir /var/lib/witan --no-create-home \
      --shell /usr/sbin/nologin witan \
 && install -d -o witan -g witan -m 0750 /var/lib/witan
COPY --from=pgvector /out/ /
WORKDIR /opt/witan
COPY --from=build /extracted/dependencies/ ./
COPY --from=build /extracted/spring-boot-loader/ ./
COPY --from=build /extracted/snapshot-dependencies/ ./
COPY --from=build /extracted/application/ ./
COPY LICENSE NOTICE ./
# the built-in model (models/witan-mini.gguf and its scores), if the checkout has it
COPY --from=build /build/models/ ./models/
ENV WITAN_DATA=/var/lib/witan \
    WITAN_CACHE=/var/lib/witan/cache \
    LC_ALL=C.UTF-8
USER 10001:10001
VOLUME /var/lib/witan
EXPOSE 8080
# bash speaks just enough HTTP: the image has neither curl nor wget
HEALTHCHECK --interval=15s --timeout=5s --start-period=120s --retries=4 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080; printf 'GET /actuator/health/liveness HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3; head -n 1 <&3 | grep -q ' 200'"]
ENTRYPOINT ["java", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", \
  "--add-modules=jdk.incubator.vector", \
  "-Djava.awt.headless=true", "-Dfile.encoding=UTF-8", "-XX:MaxRAMPercentage=50", \
  "-XX:+ExitOnOutOfMemoryError", "-jar", "witan.jar"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8080"]

# With TornadoVM's SDK for Linux, which is not downloaded but given as the build context "tornadovm".
# Its compiler needs modules that only a JDK has; the driver comes from the machine (for NVIDIA's,
# its container toolkit).
FROM eclipse-temurin:25-jdk AS gpu
RUN apt-get update \
 && apt-get install -y --no-install-recommends ocl-icd-libopencl1 \
 && rm -rf /var/lib/apt/lists/* \
 && mkdir -p /etc/OpenCL/vendors \
 && echo libnvidia-opencl.so.1 > /etc/OpenCL/vendors/nvidia.icd \
 && groupadd --system --gid 10001 witan \
 && useradd --system --uid 10001 --gid witan --home-dir /var/lib/witan --no-create-home \
      --shell /usr/sbin/nologin witan \
 && install -d -o witan -g witan -m 0750 /var/lib/witan
COPY --from=pgvector /out/ /
COPY --from=tornadovm . /opt/tornadovm/
# the options name the folder in which the SDK lay where it was made
RUN sed "s|\${TORNADOVM_HOME}|/opt/tornadovm|g" /opt/tornadovm/tornado-argfile.template \
      > /opt/tornadovm/tornado-argfile \
 && java @/opt/tornadovm/tornado-argfile --version
COPY --from=cpu /opt/witan/ /opt/witan/
ENV WITAN_DATA=/var/lib/witan \
    WITAN_CACHE=/var/lib/witan/cache \
    TORNADOVM_HOME=/opt/tornadovm \
    NVIDIA_VISIBLE_DEVICES=all \
    NVIDIA_DRIVER_CAPABILITIES=compute,utility \
    LC_ALL=C.UTF-8
# not where the program lies: TornadoVM's module path begins with the working directory
WORKDIR /var/lib/witan
USER 10001:10001
VOLUME /var/lib/witan
EXPOSE 8080
HEALTHCHECK --interval=15s --timeout=5s --start-period=120s --retries=4 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080; printf 'GET /actuator/health/liveness HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3; head -n 1 <&3 | grep -q ' 200'"]
ENTRYPOINT ["java", "@/opt/tornadovm/tornado-argfile", "-Dtornado.recover.bailout=False", \
  "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", \
  "--add-modules=jdk.incubator.vector", \
  "-Djava.awt.headless=true", "-Dfile.encoding=UTF-8", "-XX:MaxRAMPercentage=50", \
  "-XX:+ExitOnOutOfMemoryError", "-jar", "/opt/witan/witan.jar"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8080"]

# what is built when no target is named
FROM cpu
