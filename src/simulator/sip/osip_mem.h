/*
 * Memory for libosip2.  The library does not survive a failing allocation, so
 * it never sees one: before each call into it sip_osip_reserve makes sure that
 * more memory stands ready than any one call can use (the gate's caps bound
 * that), and the allocator below hands it out.
 */
#ifndef SIP_OSIP_MEM_H
#define SIP_OSIP_MEM_H

/* What one call into the library may use at most, in bytes. */
#define SIP_OSIP_RESERVE (2u << 20)

/* Makes libosip2 use this allocator; once, before anything else. */
void sip_osip_mem_install(void);
/* 0 or ERR_NOMEM. */
int sip_osip_reserve(void);
/* Gives all memory back when the library holds none. */
void sip_osip_mem_trim(void);

#endif
