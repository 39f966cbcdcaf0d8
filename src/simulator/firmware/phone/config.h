/*
 * What the boot loader's command line says (firmware/README.md, "What the boot
 * loader passes"): "key=value" words, a value with spaces in double quotes.
 * Keys that it does not know are passed over; of a key given twice the last
 * counts.
 */
#ifndef FIRMWARE_PHONE_CONFIG_H
#define FIRMWARE_PHONE_CONFIG_H

#include "firmware/phone/texts.h"

#include <stdbool.h>
#include <stdint.h>

#define CONFIG_URI   128 /* bytes of a URI, with its NUL */
#define CONFIG_NAME  48
#define CONFIG_HOSTS 32
#define CONFIG_BOOK  16

/* A socket: IPv4 address and port, both in host order, and a transport. */
struct where {
	uint32_t ip;
	uint16_t port;
	bool tcp; /* of SIP */
};

struct config_host {
	char domain[CONFIG_URI];
	struct where at;
};

struct config_entry {
	char name[CONFIG_NAME];
	char uri[CONFIG_URI];
};

struct config {
	struct where own;
	uint32_t gateway; /* 0: none */
	char aor[CONFIG_URI];
	char user[CONFIG_NAME];  /* out of aor */
	char domain[CONFIG_URI]; /* out of aor, with a port where it has one */
	char display[CONFIG_NAME];
	char password[CONFIG_NAME];
	struct where outbound; /* ip 0: none */
	struct config_host hosts[CONFIG_HOSTS];
	unsigned nhosts;
	bool registers;
	uint32_t expires_s;
	int answer_s; /* -1: never by itself */
	struct config_entry book[CONFIG_BOOK];
	unsigned nbook;
	char codecs[256];
	bool compact, media;
	bool tcp; /* its requests go by TCP */
	enum language language;
	uint64_t seed;
};

/* Reads LINE, which may hold anything. */
void config_read(struct config *c, const char *line);

#endif
