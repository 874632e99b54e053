"""The style of the page of a count: light and dark, on a phone, at a desk and on paper."""

STYLE = """
:root{color-scheme:light dark;--paper:#fcfaf6;--ink:#1d1b19;--soft:#5b5650;--line:#ddd8ce;
--good:#2a6a3a;--wash:#f3ecda;--sans:system-ui,"Noto Sans",sans-serif}
@media (prefers-color-scheme:dark){:root{--paper:#171614;--ink:#ece8e1;--soft:#b3aca1;
--line:#3b3833;--good:#8fd0a0;--wash:#322c20}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:1.06rem/1.5 var(--sans)}
main,footer{max-width:104rem;margin:0 auto;padding:1rem 1.1rem}
h1{font:400 2rem/1.2 Georgia,"Noto Serif",serif;margin:.6rem 0 1rem}
h2{font-size:1.25rem;line-height:1.3;margin:2.2rem 0 .6rem}
h3{font-size:1.02rem;margin:0}
p,details,.elected,ul{max-width:44rem}
p{margin:.35rem 0}
footer{color:var(--soft);border-top:1px solid var(--line);margin-top:2rem}
.facts{display:flex;flex-wrap:wrap;gap:.5rem 2rem;margin:0}
.facts dt{color:var(--soft);font-size:.9rem}
.facts dd{margin:0;font-weight:600;font-variant-numeric:tabular-nums}
.elected{padding-left:1.6rem}
.elected li{margin:.3rem 0}
.elected strong{color:var(--good)}
.elected span{display:block;color:var(--soft)}
.scroll{overflow-x:auto;margin:0 0 1.4rem}
.scroll:focus-visible,summary:focus-visible{outline:3px solid var(--good);outline-offset:2px}
svg{display:block;color:var(--ink);font-family:var(--sans)}
svg .elected{color:var(--good)}
table{border-collapse:collapse;font-variant-numeric:tabular-nums;font-size:.94rem}
caption{text-align:left;color:var(--soft);padding:0 0 .3rem}
th,td{padding:.35rem .9rem .35rem 0;border-bottom:1px solid var(--line);vertical-align:top;
text-align:right;white-space:nowrap;font-weight:400}
thead th{vertical-align:bottom;font-weight:600}
thead small{white-space:normal;max-width:7.5rem;margin-left:auto}
th small,td small{display:block;color:var(--soft);font-weight:400;font-size:.85rem}
th:first-child{text-align:left;position:sticky;left:0;background:var(--paper);white-space:normal;
min-width:8.5rem;max-width:15rem;overflow-wrap:anywhere}
tr.elected th,tr.elected td small{color:var(--good);font-weight:600}
tr.excluded th,tr.excluded td{color:var(--soft)}
.stages{list-style:none;padding:0}
.stages li{margin:0 0 1.4rem}
.stages .scroll{margin:.3rem 0 0}
.stages table th:first-child{max-width:22rem}
.stages td{white-space:normal;min-width:5.5rem}
.stages tbody tr:last-child{font-weight:600}
details{border-bottom:1px solid var(--line)}
summary{padding:.65rem 0;cursor:pointer;font-weight:600}
summary small{color:var(--soft);font-weight:400;font-size:.9rem}
details p{margin:.3rem 0 .5rem 1.1rem}
@media (max-width:30rem){h1{font-size:1.6rem}th:first-child{min-width:7rem;max-width:8.5rem}}
@media print{
@page{size:A4 landscape;margin:14mm}
:root{--paper:#fff;--ink:#000;--soft:#333;--line:#999;--good:#000;--wash:#fff}
body{font-size:10pt}
main,footer{max-width:none;padding:0}
.scroll{overflow:visible}
svg{max-width:100%;max-height:170mm;height:auto}
table{font-size:8pt}
th:first-child{position:static}
th,td{padding:.15rem .6rem .15rem 0}
th small,td small{font-size:7pt}
.stages li{break-inside:auto;margin:0 0 .8rem}
.stages h3,.stages p{break-after:avoid}
h2,h3,caption,thead,summary{break-after:avoid}
tr,li,svg,details{break-inside:avoid}
thead{display:table-header-group}
details::details-content{content-visibility:visible;block-size:auto}
}
"""
