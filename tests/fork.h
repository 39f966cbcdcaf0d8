/*
 * A stage for tests of forking: the proxy prx (192.0.2.2), registrar and
 * location service of b.example, asked by the tester up (192.0.2.8); bob's
 * phones are the testers a, b and c (192.0.2.11 to 13).
 */
#ifndef FORK_H
#define FORK_H

#include "stage.h"

#define FORK_BOB "sip:bob@b.example"
#define FORK_THREE                            \
	"Contact: <sip:bob@192.0.2.11>;q=1\n" \
	"Contact: <sip:bob@192.0.2.12>;q=1\n" \
	"Contact: <sip:bob@192.0.2.13>;q=1\n"

extern struct stage fork_s;
extern struct tester fork_up, fork_a, fork_b, fork_c;

/* ATTRS of the proxy; CONTACTS: one REGISTER's Contact lines, "" for none. */
void fork_start(const char *attrs, const char *contacts);

/* Everything has come to its end. */
void fork_stop(void);

/* A request for bob, with Call-ID BRANCH. */
void fork_ask(const char *method, const char *branch, const char *extra);

/* T answers the INVITE that it got. */
void fork_answer(
    struct tester *t, unsigned status, const char *tag, const char *extra);

#endif
