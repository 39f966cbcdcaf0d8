/*
 * Foreign libraries that few commands need are loaded when one of their
 * functions is first wanted: all of them together would take three times as
 * long to link as most commands take to run.  Who uses a library lists its
 * functions once, and calls them through a struct of pointers to them, each
 * declared as the library's own header declares it:
 *
 *	#define PCAP_FUNCTIONS(X) X(pcap_open_dead) X(pcap_close)
 *	static struct {
 *	#define X(name) LIBRARY_POINTER(name)
 *		PCAP_FUNCTIONS(X)
 *	#undef X
 *	} pcap;
 *	static const struct library_function functions[] = {
 *	#define X(name) LIBRARY_FUNCTION(pcap, name)
 *		PCAP_FUNCTIONS(X)
 *	#undef X
 *	};
 */
#ifndef BASE_LIBRARY_H
#define BASE_LIBRARY_H

#include "base/diag.h"

struct library_function {
	const char *name;
	void *pointer; /* to the pointer to it */
};

#define LIBRARY_POINTER(name)       __typeof__(name) *name;
#define LIBRARY_FUNCTION(set, name) { #name, &(set).name },

/*
 * Loads the library FILE ("libpcap.so.0.8": as the dynamic linker finds it) for
 * the rest of the process, and sets the N pointers.  Again it costs next to
 * nothing.  0, or ERR_UNSUPPORTED with a sentence in D where the library or a
 * function of it is missing, which names Debian's package; then no pointer is
 * to be used.
 */
int library_load(const char *file, const struct library_function *functions,
    size_t n, struct diag *d);

/* FILE could be loaded: the first of that name in the dynamic linker's folders
 * is a library for this machine, which is not loaded for it; or it is nowhere
 * there, and loading it succeeds all the same. */
bool library_is_there(const char *file);

#endif
