/*
 * Captures made byte by byte, for tests: a file's head, frames of Ethernet with
 * IPv4 or IPv6, UDP or TCP in them; and their opening from a file that is
 * removed at once.
 */
#ifndef CAPTURE_MADE_H
#define CAPTURE_MADE_H

#include "base/buf.h"
#include "base/err.h"
#include "packets/capture.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

void made_le(struct buf *b, uint64_t v, int n);
void made_be(struct buf *b, uint64_t v, int n);
void made_file(struct buf *b, uint32_t link);

/* FRAME at T ns; freed. */
void made_packet(struct buf *b, int64_t t, struct buf *frame);
struct buf made_ether(uint16_t type, struct buf *inner);

/* IPv4 from 192.0.2.FROM to 192.0.2.TO; FLAGS with the offset / 8. */
struct buf
made_ip4(int from, int to, int proto, int id, int flags, struct buf *inner);

/* IPv6 from 2001:db8::FROM to 2001:db8::TO. */
struct buf made_ip6(int from, int to, int next, struct buf *inner);
struct buf made_udp(int sport, int dport, struct str payload);
struct buf
made_tcp(int sport, int dport, uint32_t seq, int flags, struct str payload);

/* A request with that CSeq and BODY. */
void made_message(struct buf *b, int cseq, const char *body);

/* Writes B into a file of its own, whose name goes into PATH (64 bytes). */
int made_write(const struct buf *b, char *path);

/* The capture in B, or NULL; B stays. */
struct capture *
made_open_most(const struct buf *b, uint64_t most, struct diag *d);
struct capture *made_open(const struct buf *b);

#endif
