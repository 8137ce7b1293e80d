#ifndef CCURL_H
#define CCURL_H

/// One request by libcurl, whose options are a variadic function that Swift cannot call.

#include <stddef.h>
#include <stdint.h>

typedef struct {
    /// Of http or https; anything else fails.
    const char *url;
    /// Lines as `Name: value`.
    const char *const *headers;
    size_t header_count;
    /// Whether the body is posted; otherwise it is asked with GET.
    int posts;
    const uint8_t *body;
    size_t body_count;
    /// What a name stands for, as `host:port:address,address`; NULL asks the system.
    const char *resolution;
    /// Certificates in PEM of the authorities that are trusted; NULL for the system's.
    const char *certificate_file;
    /// How long it may take, from looking up the name on.
    long milliseconds;
    void *context;
    /// Whether the address of 4 or 16 bytes may be connected to. It is the very one that will be.
    int (*allows)(void *context, const uint8_t *address, size_t count);
    /// Takes a part of the body; 0 ends the exchange.
    int (*take)(void *context, const uint8_t *bytes, size_t count);
    /// Asked now and then; anything but 0 ends the exchange.
    int (*stops)(void *context);
} CCurlRequest;

typedef struct {
    long status;
    /// Headers, to be given to ccurl_free; NULL where there is none.
    char *location;
    char *retry_after;
    /// libcurl's words for a failure, which are always there.
    const char *reason;
} CCurlAnswer;

enum { CCurlDone = 0, CCurlHostUnknown = 1, CCurlTooSlow = 2, CCurlStopped = 3, CCurlFailed = 4, CCurlUntrusted = 5 };

/// Asks, and blocks until there is an answer or none is to be expected. Follows no redirect, uses no
/// proxy, keeps no connection.
int ccurl_perform(const CCurlRequest *request, CCurlAnswer *answer);
void ccurl_free(CCurlAnswer *answer);

#endif
