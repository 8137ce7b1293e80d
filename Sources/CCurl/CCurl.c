#define _GNU_SOURCE
#include "CCurl.h"

#include <CDynamicLibrary.h>
#include <curl/curl.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

static struct {
    __typeof__(curl_global_init) *global_init;
    __typeof__(curl_easy_init) *easy_init;
    __typeof__(curl_easy_cleanup) *easy_cleanup;
    // Parentheses keep libcurl's macros of these names away.
    __typeof__((curl_easy_setopt)) *easy_setopt;
    __typeof__((curl_easy_getinfo)) *easy_getinfo;
    __typeof__(curl_easy_perform) *easy_perform;
    __typeof__(curl_easy_header) *easy_header;
    __typeof__(curl_easy_strerror) *easy_strerror;
    __typeof__(curl_slist_append) *slist_append;
    __typeof__(curl_slist_free_all) *slist_free_all;
} curl;

static pthread_once_t once = PTHREAD_ONCE_INIT;
static int is_loaded = 0;

// Loaded for the first exchange: it brings thirty libraries, and most commands use no network.
static void load(void) {
    const CDynamicLibrary_Function functions[] = {
        {"curl_global_init", (void **)&curl.global_init},
        {"curl_easy_init", (void **)&curl.easy_init},
        {"curl_easy_cleanup", (void **)&curl.easy_cleanup},
        {"curl_easy_setopt", (void **)&curl.easy_setopt},
        {"curl_easy_getinfo", (void **)&curl.easy_getinfo},
        {"curl_easy_perform", (void **)&curl.easy_perform},
        {"curl_easy_header", (void **)&curl.easy_header},
        {"curl_easy_strerror", (void **)&curl.easy_strerror},
        {"curl_slist_append", (void **)&curl.slist_append},
        {"curl_slist_free_all", (void **)&curl.slist_free_all},
    };
    const size_t count = sizeof functions / sizeof *functions;
    if (CDynamicLibrary_load("libcurl.so.4", functions, count) != NULL) return;
    is_loaded = curl.global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
}

static curl_socket_t open_socket(void *data, curlsocktype purpose, struct curl_sockaddr *address) {
    const CCurlRequest *request = data;
    (void)purpose;
    int allowed = 0;
    if (address->family == AF_INET) {
        const struct sockaddr_in *four = (const struct sockaddr_in *)&address->addr;
        allowed = request->allows(request->context, (const uint8_t *)&four->sin_addr, 4);
    } else if (address->family == AF_INET6) {
        const struct sockaddr_in6 *six = (const struct sockaddr_in6 *)&address->addr;
        allowed = request->allows(request->context, (const uint8_t *)&six->sin6_addr, 16);
    }
    if (!allowed) return CURL_SOCKET_BAD;
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

static size_t take(char *bytes, size_t size, size_t count, void *data) {
    const CCurlRequest *request = data;
    return request->take(request->context, (const uint8_t *)bytes, size * count) ? size * count : 0;
}

static int progress(void *data, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d) {
    const CCurlRequest *request = data;
    (void)a, (void)b, (void)c, (void)d;
    return request->stops(request->context);
}

static char *copied_header(CURL *handle, const char *name) {
    struct curl_header *header;
    if (curl.easy_header(handle, name, 0, CURLH_HEADER, -1, &header) != CURLHE_OK) return NULL;
    return strdup(header->value);
}

void ccurl_free(CCurlAnswer *answer) {
    free(answer->location);
    free(answer->retry_after);
}

int ccurl_perform(const CCurlRequest *request, CCurlAnswer *answer) {
    memset(answer, 0, sizeof *answer);
    pthread_once(&once, load);
    if (!is_loaded) {
        answer->reason = "libcurl.so.4 is missing: install libcurl4";
        return CCurlFailed;
    }
    CURL *handle = curl.easy_init();
    answer->reason = curl.easy_strerror(CURLE_OUT_OF_MEMORY);
    if (handle == NULL) return CCurlFailed;
    struct curl_slist *headers = NULL, *resolution = NULL;
    for (size_t i = 0; i < request->header_count; i++)
        headers = curl.slist_append(headers, request->headers[i]);
    if (request->resolution) resolution = curl.slist_append(NULL, request->resolution);
    curl.easy_setopt(handle, CURLOPT_URL, request->url);
    curl.easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
    curl.easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
    curl.easy_setopt(handle, CURLOPT_PROXY, "");
    curl.easy_setopt(handle, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    curl.easy_setopt(handle, CURLOPT_HTTPHEADER, headers);
    curl.easy_setopt(handle, CURLOPT_RESOLVE, resolution);
    if (request->posts) {
        curl.easy_setopt(handle, CURLOPT_POST, 1L);
        curl.easy_setopt(handle, CURLOPT_POSTFIELDS, request->body ? (const char *)request->body : "");
        curl.easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)request->body_count);
    }
    if (request->certificate_file) {
        curl.easy_setopt(handle, CURLOPT_CAINFO, request->certificate_file);
        // The system's folder of certificates would be asked as well.
        curl.easy_setopt(handle, CURLOPT_CAPATH, NULL);
    }
    curl.easy_setopt(handle, CURLOPT_USERAGENT, "tagbench");
    // Without signals a look-up of names ends in time as well, since libcurl does it on a thread.
    curl.easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl.easy_setopt(handle, CURLOPT_TIMEOUT_MS, request->milliseconds);
    curl.easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl.easy_setopt(handle, CURLOPT_OPENSOCKETDATA, request);
    curl.easy_setopt(handle, CURLOPT_WRITEFUNCTION, take);
    curl.easy_setopt(handle, CURLOPT_WRITEDATA, request);
    curl.easy_setopt(handle, CURLOPT_NOPROGRESS, 0L);
    curl.easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, progress);
    curl.easy_setopt(handle, CURLOPT_XFERINFODATA, request);
    CURLcode code = curl.easy_perform(handle);
    curl.easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &answer->status);
    answer->location = copied_header(handle, "Location");
    answer->retry_after = copied_header(handle, "Retry-After");
    answer->reason = curl.easy_strerror(code);
    curl.easy_cleanup(handle);
    curl.slist_free_all(headers);
    curl.slist_free_all(resolution);
    switch (code) {
    case CURLE_OK: return CCurlDone;
    case CURLE_COULDNT_RESOLVE_HOST: return CCurlHostUnknown;
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE: return CCurlUntrusted;
    case CURLE_OPERATION_TIMEDOUT: return CCurlTooSlow;
    case CURLE_ABORTED_BY_CALLBACK:
    case CURLE_WRITE_ERROR: return CCurlStopped;
    default: return CCurlFailed;
    }
}
