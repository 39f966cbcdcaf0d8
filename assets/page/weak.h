/* Of libosip2: rung has its own of these (src/simulator/sip/engine.c). */
#pragma weak osip_trace
#pragma weak osip_gettimeofday
