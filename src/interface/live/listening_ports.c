/* Who listens at this machine: see live/listening_ports.h. */
#include "live/listening_ports.h"

#include <stdio.h>
#include <string.h>

/* As proc_net(5) has it: words of 32 bits in hexadecimal, as they lie. */
static void
put_words(const uint8_t *ip, size_t n, char *out)
{
	for (size_t i = 0; i < n; i += 4) {
		uint32_t word;

		memcpy(&word, ip + i, 4);
		out += snprintf(out, 9, "%08X", word);
	}
}

/* FILE, "tcp6", has a socket at AT that is in STATE. */
static bool
is_in_file(const char *file, const struct addr *at, unsigned state)
{
	static const uint8_t all[16];
	char path[32], line[256], own[33], any[33];
	bool found = false;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/net/%s%s", file,
	    at->len == 16 ? "6" : "");
	put_words(at->ip, at->len, own);
	put_words(all, at->len, any);
	f = fopen(path, "r");
	while (f != NULL && !found && fgets(line, sizeof(line), f) != NULL) {
		char address[33];
		unsigned port, is;

		found =
		    sscanf(line, "%*s %32[0-9A-F]:%X %*s %X", address, &port,
			&is) == 3 &&
		    is == state && port == at->port &&
		    (strcmp(address, own) == 0 || strcmp(address, any) == 0);
	}
	if (f != NULL)
		fclose(f);
	return found;
}

bool
listening_ports_has(const struct addr *at)
{
	/* TCP_LISTEN, TCP_CLOSE */
	return is_in_file("tcp", at, 10) ||
	       (!addr_is_stream(at) && is_in_file("udp", at, 7));
}
