/* made by dev/make_search_script.py */
(function(b8){
"use strict";
let _7=(b8.GovsiteSearch=b8.GovsiteSearch||{});
let p$=new RegExp(
"[\\u0000-\\u002f\\u003a-\\u0060\\u007b-\\u00a9\\u00ab-\\u00b4\\u00b6-\\u00b9\\u00bb-\\u00bf\\u00d7\\u00f7"+
"\\u02b0-\\u036f\\u1ab0-\\u1aff\\u1dc0-\\u1dff\\u2000-\\u2bff\\u2e00-\\u2e7f\\u2fe0-\\u3004\\u3008-\\u3020"+
"\\u302a-\\u3030\\u303d-\\u303f\\u3099-\\u309c\\u30a0\\u30fb\\u4dc0-\\u4dff\\ud800-\\uf8ff\\ufe00-\\ufe2f"+
"\\ufeff\\ufff0-\\uffff\\u{1f000}-\\u{1fbff}\\u{e0000}-\\u{10ffff}]",
"u"
);
let h9="āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ";
let k5=new RegExp(
"[(（][a-zɡü"+h9+"' ]{0,12}["+h9+"][a-zɡü"+h9+"' ]{0,12}[)）]",
"g"
);
let p8="\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029";
let o9=/\s*([〔［[【(（﹝〈])\s*(\d{4}|[０-９]{4})\s*([〕］\]】)）﹞〉])\s*([\d０-９]+)\s*([号號])/g;
let k9=/([-－−])?(?:[\x22“”＂「]([^\x22“”＂」]*)[\x22“”＂」]?|([^\s\x22“”＂「]+))/g;
let p9=200;
let h$=new Map();
let i5=[];
let k8="[^\\u4e00-\\u9fff\\da-z]";
let m_=new RegExp(k8,"gu");
function u4(t9){
let _4=Array.from(t9);
let i7=_4.length / 2;
if(_4.slice(0,i7).every(($6)=>h$.has($6)))return;
for(let at=0;at<i7;at++)h$.set(_4[at],_4[i7+at]);
m_=new RegExp(k8+"|["+Array.from(h$.keys()).join("")+"]","gu");
i5=[];
}
function m$($6){
let g$=$6.codePointAt(0);
let $5=i5[g$];
if($5===undefined){
$5="";
if(p8.indexOf($6)>=0)$5="\n";
else
for(let part of $6.normalize("NFKD").toLowerCase())
if(!p$.test(part))$5+=h$.get(part)||part;
i5[g$]=$5;
}
return $5;
}
function l9(text){
return text.replace(k5,"").replace(m_,m$);
}
function r5(text){
let d8=[];
text.replace(k5,($3,$8)=>d8.push([$8,$8+$3.length])&&$3);
let at=[];
let n5="";
let $8=0;
for(let $6 of text){
while(d8.length&&$8>=d8[0][1])d8.shift();
if(!d8.length||$8<d8[0][0]){
let $5=m$($6);
for(let _1=0;_1<$5.length;_1++)at.push($8);
n5+=$5;
}
$8+=$6.length;
}
at.push($8);
return{text:n5,at:at};
}
function r_(a,b){
let n8=(_1)=>(_1<0xd800?_1:_1<0xe000?_1+0x2000:_1 - 0x800);
let g3=Math.min(a.length,b.length);
for(let at=0;at<g3;at++)
if(a.charCodeAt(at)!==b.charCodeAt(at))return n8(a.charCodeAt(at))- n8(b.charCodeAt(at));
return a.length - b.length;
}
function s7(c3){
let $9={words:[],excluded:[],tooLong:Array.from(c3).length>p9};
if($9.tooLong)return $9;
let s0=c3.replace(o9,"$1$2$3$4$5");
let o0=new Set();
let e8;
k9.lastIndex=0;
while((e8=k9.exec(s0))){
let o$=e8[2]===undefined?e8[3]:e8[2];
let text=l9(o$).replace(/\n/g,"");
let i2=e8[1]!==undefined;
if(!text||o0.has(i2+text))continue;
o0.add(i2+text);
(i2?$9.excluded:$9.words).push({text:text,raw:o$});
}
return $9;
}
function r3($0,i6){
let $3=[$0];
for(let b_ of i6){
let m2=b_.filter(($_)=>$0.indexOf($_)>=0).sort((a,b)=>b.length - a.length)[0];
if(m2===undefined)continue;
for(let j4 of b_){
let o3=$0.replace(m2,()=>j4);
if($3.indexOf(o3)<0)$3.push(o3);
}
}
return $3;
}
function s6($0,j9){
if(!/^[a-z]{2,24}$/.test($0))return [];
let c6=new Set(j9);
let m1=new Set(["zh","ch","sh"].concat(j9.map(($_)=>$_[0])));
let f9=(part)=>j9.some(($_)=>$_.length>part.length&&$_.startsWith(part));
let j1=new Map();
let read=(at)=>{
if(at===$0.length)return [[0]];
if(j1.has(at))return j1.get(at);
let a0=[];
for(let a1=at+1;a1<=Math.min($0.length,at+6);a1++){
let part=$0.slice(at,a1);
let l4=c6.has(part)?1:m1.has(part)||(a1===$0.length&&f9(part))?3:0;
if(l4)for(let a5 of read(a1))a0.push([a5[0]+l4,part].concat(a5.slice(1)));
}
a0.sort((a,b)=>a[0] - b[0]||(a.slice(1).join(" ")<b.slice(1).join(" ")?-1:1));
a0=a0.filter(($7)=>$7[0]<=a0[0][0]+1).slice(0,4);
j1.set(at,a0);
return a0;
};
let a0=read(0).map(($7)=>$7.slice(1));
let i9=$0.split("");
let s8=a0.some(($7)=>$7.some((part)=>!c6.has(part)));
let s1=a0.some(($7)=>$7.length===i9.length);
if((s8||!a0.length)&&!s1&&i9.every(($_)=>m1.has($_)))a0.push(i9);
return a0;
}
function findUnits(b4,read,c6){
let r4=(_1,f1)=>(c6.has(_1)?_1===f1:f1.startsWith(_1));
for(let at=0;at+b4.length<=read.length;at++)
if(b4.every((_1,n4)=>read[at+n4]&&r4(_1,read[at+n4])))return at;
return -1;
}
Object.assign(_7,{
compare:r_,
expandSynonyms:r3,
findUnits:findUnits,
fold:l9,
foldWithPlaces:r5,
parsePinyin:s6,
parseQuery:s7,
useSimplified:u4,
});
})(window);
(function(b8){
"use strict";
let _7=(b8.GovsiteSearch=b8.GovsiteSearch||{});
let p4=2;
let k2=Array.from({length:95},(_,at)=>String.fromCharCode(32+at))
.filter(($6)=>"\x22\\<".indexOf($6)<0)
.join("");
let h4=k2.length;
let f6=60;
let k7=16;
let p_=22;
let p6=300;
let k6=2048;
let e$=new Uint8Array(128);
Array.from(k2).forEach(($6,at)=>(e$[$6.charCodeAt(0)]=at));
let f3={};
let j5=document.createDocumentFragment();
b8.govsiteSearch=function(k_,$4,a8){
if(f3[$4])f3[$4](k_,a8);
};
class h6 extends Error{
constructor(d0,$4){
super(d0+" "+$4);
this.reason=d0;
this.part=$4;
}
}
function r9(e1,$4){
return new Promise((t3,t2)=>{
let f$=document.createElement("script");
let e3=(d0,a8)=>{
delete f3[$4];
f$.remove();
if(d0)t2(new h6(d0,$4));
else t3(a8);
};
f3[$4]=(k_,a8)=>e3(k_===p4?"":"version",a8);
f$.onload=()=>f3[$4]&&e3("broken");
f$.onerror=()=>e3("missing");
f$.src=e1+$4+".js";
j5.appendChild(f$);
if(j5.childNodes.length<2)Promise.resolve().then(()=>document.head.appendChild(j5));
});
}
function t1(text){
let n3=[];
let a5=0;
for(let at=0;at<text.length;at++){
let c8=e$[text.charCodeAt(at)];
if(c8<f6){
n3.push(a5*f6+c8);
a5=0;
}else a5=a5*(h4 - f6)+c8 - f6+1;
}
return n3;
}
class o8{
constructor(text){
this.text=text;
this.place=0;
this.held=0;
this.count=0;
}
fill(){
let n_=this.text.length - this.place;
if(n_<1)throw new h6("broken","list");
let a3=e$[this.text.charCodeAt(this.place)];
let d_=n_>1;
this.held=d_?a3*h4+e$[this.text.charCodeAt(this.place+1)]:a3;
this.count=d_?13:6;
this.place+=2;
}
bit(){
if(!this.count)this.fill();
return(this.held>>--this.count)&1;
}
bits(b9){
let _5=0;
while(b9>0){
if(!this.count)this.fill();
let h_=Math.min(b9,this.count);
this.count -=h_;
_5=_5*(1<<h_)+((this.held>>this.count)&((1<<h_)- 1));
b9 -=h_;
}
return _5;
}
}
function e9(text,t4,r$){
if(!text)return{slots:new Int32Array(0),classes:new Uint8Array(0)};
let c4=new o8(text);
let k1=0;
while(!c4.bit())k1++;
let a$=(1<<k1)+c4.bits(k1);
let n0=Math.floor(Math.floor((t4*11)/ 16)/ a$);
let b9=n0?31 - Math.clz32(n0):0;
let list={slots:new Int32Array(a$),classes:new Uint8Array(a$)};
let $$=(r$||0)- 1;
for(let at=0;at<a$;at++){
let g9=0;
while(g9<k7&&c4.bit())g9++;
$$+=1+(g9===k7?c4.bits(p_):g9*(1<<b9)+c4.bits(b9));
list.slots[at]=$$;
list.classes[at]=!c4.bit()?0:!c4.bit()?3:c4.bit()?2:1;
}
return list;
}
let n2=(a6)=>Array.from(a6,($6)=>$6.codePointAt(0).toString(16)).join("-");
let o5=(text)=>
text.replace(/[0-z]/g,($6)=>String.fromCharCode($6.charCodeAt(0)+0x2d0));
function t0(a8,$6){
let at=a8.indexOf("<"+o5($6));
return at<0?"":a8.slice(at+1+$6.length).split("<",1)[0];
}
function s_(a,b){
if(!a.slots.length)return b;
if(!b.slots.length)return a;
let g3=a.slots.length+b.slots.length;
let list={slots:new Int32Array(g3),classes:new Uint8Array(g3)};
list.slots.set(a.slots);
list.slots.set(b.slots,a.slots.length);
list.classes.set(a.classes);
list.classes.set(b.classes,a.slots.length);
return list;
}
function l8(c_,a6){
let a7=-1;
for(let a3=c_.length;a3 - a7>1;){
let j2=(a7+a3)>>1;
if(_7.compare(c_[j2],a6)<=0)a7=j2;
else a3=j2;
}
return a7;
}
function i4(c_,a7,a3){
return c_.slice(Math.max(0,l8(c_,a7)),l8(c_,a3)+1);
}
class p5{
constructor(e1,j_){
this.fetchPart=j_||(($4)=>r9(e1,$4));
this.parts=new Map();
this.codes={};
}
part($4){
let b6=this.parts.get($4);
if(!b6){
b6=this.fetchPart($4);
b6.catch(()=>this.parts.delete($4));
}else this.parts.delete($4);
this.parts.set($4,b6);
if(this.parts.size>p6)this.parts.delete(this.parts.keys().next().value);
return b6;
}
open(){
if(!this.opening){
this.opening=this.fetchPart("manifest").then((b7)=>{
this.manifest=b7;
this.pages=b7.pages?b7.pages.split(" "):[];
let g7=b7.newest;
this.newest=g7[2]?g7[2].split(" "):[];
this.readMain=(_9)=>e9(_9,b7.scale);
this.readNew=(_9)=>e9(_9,g7[1],g7[0]);
this.common=new Set(b7.common?b7.common.split(" "):[]);
this.withdrawn=this.flags(b7.withdrawn);
this.answers=this.flags(b7.answers);
return this;
});
this.opening.catch(()=>(this.opening=null));
}
return this.opening;
}
flags(_9){
let flags=new Uint8Array(this.manifest.scale);
for(let $$ of e9(_9,this.manifest.scale).slots)flags[$$]=1;
return flags;
}
async page(e5){
return(await this.part("d/"+n2(e5))).split(" ");
}
async partsOf(a7,a3){
let $3=i4(this.newest,a7,a3).map((e5)=>["n",e5]);
let s5=await Promise.all(i4(this.pages,a7,a3).map((page)=>this.page(page)));
for(let c_ of s5)for(let e5 of i4(c_,a7,a3))$3.push(["g",e5]);
return $3;
}
async lists(a7,a3,t$){
let $6=Array.from(a7)[0];
let n6=await this.partsOf(a7,a3);
let s9=await Promise.all(n6.map((part)=>this.part(part[0]+"/"+n2(part[1]))));
let lists=[];
s9.forEach((a8,at)=>{
let read=n6[at][0]==="g"?this.readMain:this.readNew;
(t0(a8,$6).match(t$)||[]).forEach(($3)=>lists.push(read($3.replace(/^.?[^ -~]+/,""))));
});
return lists;
}
async list(a6){
let a5=o5(Array.from(a6).slice(1).join(""));
let d3=new RegExp((a5?"(?:^|[ -~])"+a5:"^")+"[ -~]+");
return(await this.lists(a6,a6,d3)).reduceRight(s_,e9(""));
}
async listsOf($6){
let _2=new Int8Array(this.manifest.scale).fill(-1);
let a$=0;
for(let list of await this.lists($6,$6+"\u{10ffff}",/[ -~]+/g))
list.slots.forEach(($$,$_)=>{
if(_2[$$]<0)a$++;
if(_2[$$]<list.classes[$_])_2[$$]=list.classes[$_];
});
let list={slots:new Int32Array(a$),classes:new Uint8Array(a$)};
for(let $$=_2.length;$$-->0;)
if(_2[$$]>=0){
list.slots[--a$]=$$;
list.classes[a$]=_2[$$];
}
return list;
}
async text($$){
let c0=$$>>1;
let a8=await this.part("t/"+(c0>>8)+"/"+(c0&255));
return a8[a8.indexOf($$)+1];
}
piece($$,c0){
return this.part("x/"+$$+"-"+c0);
}
async cards($1,b3){
let b$=["kind","column","topic","validity","domain"];
let b6=this.codes[$1]||{codes:new Uint16Array(this.manifest.scale).fill(65535),read:new Set()};
let b5=(this.codes[$1]=b6).codes;
let q9=Array.from(new Set(Array.from(b3,($$)=>Math.floor($$ / k6))));
await Promise.all(
q9.map(async(e2)=>{
if(b6.read.has(e2))return;
let l1=await this.part("c/"+e2);
let _9=$1==="issuer"?await this.part("i/"+e2):l1[1+b$.indexOf($1)];
let m0=t1(l1[0]);
let b9=Math.round(_9.length / m0.length);
let $$=e2*k6 - 1;
m0.forEach((r6,at)=>{
$$+=r6+1;
b5[$$]=0;
for(let c8=0;c8<b9;c8++)
b5[$$]=b5[$$]*h4+e$[_9.charCodeAt(at*b9+c8)];
});
b6.read.add(e2);
})
);
return b5;
}
async values($1){
if($1!=="issuer")return this.manifest.facets[$1];
return(await this.part("i/values")).map((m5)=>[m5,m5]);
}
}
Object.assign(_7,{Index:p5,PartError:h6,readList:e9});
})(window);
(function(b8){
"use strict";
let _7=(b8.GovsiteSearch=b8.GovsiteSearch||{});
let q6="\ue7fe";
let q5="\ue7ff";
let p2=0xe000;
let k3=10;
let q_=500;
let q$=40;
let p7=0.25;
let h7=0x400000;
let p1="key url title docNo indexNo kind column topic domain issuer published validity inForce keywords summary"
.split(" ")
.concat("elements text attachments interpretations traditional rare pieces".split(" "));
let h5=["kind","column","year","issuer","topic","validity","domain"];
let f4=6;
let k4=5;
let e0=4;
let e_=3;
let q3=1;
function n7(_4,m4){
let d_=(at)=>_4[at]+_4[at+1];
let b1=[];
for(let at=0;at+1<_4.length;at++)
b1.push(at+2<_4.length&&m4(d_(at))&&m4(d_(at+1))?at+3:at+2);
let c2={cover:[],rest:[]};
let d6=0;
for(let a9=0;a9<_4.length;a9=d6){
let _2=0;
for(let at=0;at<b1.length&&at<=a9;at++)if(b1[at]>=b1[_2])_2=at;
if(_2===a9&&a9){
let m6=b1[a9 - 1]>a9+1||a9<2||b1[a9 - 2]<=a9?a9 - 1:a9 - 2;
c2.rest.push(_4.slice(m6,b1[m6]).join(""));
}
d6=b1[_2];
c2.cover.push(_4.slice(_2,d6).join(""));
}
return c2;
}
function e7(a,b){
let b3=[];
let l3=[];
for(let x=0,y=0;x<a.slots.length&&y<b.slots.length;){
if(a.slots[x]===b.slots[y]){
b3.push(a.slots[x]);
l3.push(Math.min(a.classes[x++],b.classes[y++]));
}else if(a.slots[x]<b.slots[y])x++;
else y++;
}
return{slots:Int32Array.from(b3),classes:Uint8Array.from(l3)};
}
function u3(lists){
if(lists.length===1)return lists[0];
let _2=new Map();
for(let list of lists)
list.slots.forEach(($$,at)=>_2.set($$,Math.max(_2.get($$)||0,list.classes[at])));
let b3=Int32Array.from(_2.keys()).sort();
return{slots:b3,classes:Uint8Array.from(b3,($$)=>_2.get($$))};
}
function h0(list,j7){
let flags=new Uint8Array(j7);
for(let $$ of list.slots)flags[$$]=1;
return flags;
}
function t8(list,flags){
let m8=Int32Array.from(list.slots.keys()).filter((at)=>!flags[list.slots[at]]);
return{slots:m8.map((at)=>list.slots[at]),classes:Uint8Array.from(m8,(at)=>list.classes[at])};
}
function r1(_0,$0){
let a4=0;
for(let at=_0.indexOf($0);at>=0;at=_0.indexOf($0,at+1))a4++;
return a4;
}
class p0{
constructor(e1,j_){
this.index=new _7.Index(e1,j_);
this.knowsTraditional=false;
}
async loadTraditional(){
if(!this.knowsTraditional)_7.useSimplified((await this.index.part("simplified")).join(""));
this.knowsTraditional=true;
}
async loadPinyin(){
if(this.syllables)return;
let part=await this.index.part("pinyin");
this.syllables=part[0].split(" ");
this.whole=new Map(this.syllables.map(($_,at)=>[$_,String.fromCharCode(p2+at)]));
this.usual=new Map();
for(let b_ of part[1]?part[1].split(" "):[]){
let f1=/^[a-z]*/.exec(b_)[0];
for(let $6 of b_.slice(f1.length))this.usual.set($6,f1);
}
}
async understand(c3){
let $9=_7.parseQuery(c3);
let i6=this.index.manifest.synonyms;
for(let $0 of $9.words){
$0.ways=_7.expandSynonyms($0.text,i6).map((text)=>({text:text}));
if(!/^[a-z]{2,24}$/.test($0.text))continue;
await this.loadPinyin();
for(let b4 of _7.parsePinyin($0.text,this.syllables))$0.ways.push({units:b4});
}
return $9;
}
async findText(text){
let _4=Array.from(text);
if(_4.length===1){
let c6=this.index.manifest.everywhere.indexOf(text)>=0;
return{list:await(c6?this.index.list(text):this.index.listsOf(text)),certain:true};
}
let c2=n7(_4,(d_)=>this.index.common.has(d_));
let list=await this.findAll(c2.cover);
if(list.slots.length>k3&&c2.rest.length)list=e7(list,await this.findAll(c2.rest));
return{list:list,certain:c2.cover.length===1};
}
async findAll(g0){
let lists=await Promise.all(g0.map((a6)=>this.index.list(a6)));
return lists.sort((a,b)=>a.slots.length - b.slots.length).reduce(e7);
}
async findWay($7,f8){
let $3=await($7.text?this.findText($7.text):this.findUnits($7.units));
let r7=$3.list.classes.reduce((j8,$_)=>j8+($_>1),0);
let i0=($_)=>($_===3?e0:$_===2?e_:$_);
if(f8&&$7.text&&r7>k3)i0=await this.boundByMarks(Array.from($7.text));
else if(f8&&$7.text)i0=($_)=>($_>1?f4:$_);
let u1=$3.list.classes.map(($_,at)=>i0($_,$3.list.slots[at]));
return{list:{slots:$3.list.slots,classes:u1},certain:$3.certain};
}
async boundByMarks(_4){
let d7=[q6+_4[0],_4[_4.length - 1]+q5].map((a6)=>this.index.list(a6));
let lists=await Promise.all(d7);
let f9=h0(lists[0],this.index.manifest.scale);
let b1=h0(lists[1],this.index.manifest.scale);
return($_,$$)=>{
if($_<2)return $_;
if(f9[$$]&&b1[$$])return f4;
return $_===2?e_:f9[$$]?k4:e0;
};
}
async findUnits(b4){
let g4=b4.map((_1)=>this.whole.get(_1)||"");
let d1=g4.map((s2)=>s2||" ").join("").split(" ").filter(($_)=>$_.length>1);
if(b4.length===1&&g4[0])d1.push(g4[0]);
else if(g4.indexOf("")>=0)d1.push(b4.map((_1)=>_1[0].toUpperCase()).join(""));
let $3=await Promise.all(d1.map((text)=>this.findText(text)));
return{list:$3.map(($_)=>$_.list).reduce(e7),certain:false};
}
async findCandidates($9){
let f8=$9.words.length===1;
let $3=await Promise.all(
$9.words.map(async($0)=>{
let a0=await Promise.all($0.ways.map(($7)=>this.findWay($7,f8)));
return{list:u3(a0.map(($7)=>$7.list)),certain:a0.every(($7)=>$7.certain)};
})
);
let list=$3.map(($_)=>$_.list).reduce(e7);
let i1=$3.every(($_)=>$_.certain);
for(let $0 of $9.excluded){
let i$=await this.findText($0.text);
i1=i1&&i$.certain;
if(i$.certain)list=t8(list,h0(i$.list,this.index.manifest.scale));
}
return{list:list,certain:i1};
}
async boundAdjacent($9){
let _8=$9.words.map(($0)=>Array.from($0.text));
let g0=_8.slice(1).map(($0,at)=>_8[at][_8[at].length - 1]+$0[0]);
if(!g0.length)return null;
let lists=await Promise.all(g0.map((a6)=>this.index.list(a6)));
return h0(lists.reduce(e7),this.index.manifest.scale);
}
async ask(c3,s4){
let c$=Object.assign({sort:"relevance",filters:{}},s4);
await this.index.open();
let $9=await this.understand(c3);
if($9.tooLong||!$9.words.length||!this.index.pages.length)return new h2(this,$9,null,c$);
let $3=await this.findCandidates($9);
if(!this.knowsTraditional&&(!$3.list.slots.length||$9.excluded.length)&&/[^\0-\u2fff]/.test(c3)){
await this.loadTraditional();
let l0=await this.understand(c3);
if(JSON.stringify(l0)!==JSON.stringify($9))$3=await this.findCandidates(($9=l0));
}
let $2=new h2(this,$9,$3,c$);
await $2.prepare();
return $2;
}
}
class h2{
constructor(l6,$9,$3,c$){
this.engine=l6;
this.index=l6.index;
this.parsed=$9;
this.chosen=c$;
this.empty=!$3;
this.certain=!$3||$3.certain;
this.all=$3?$3.list:{slots:new Int32Array(0),classes:new Uint8Array(0)};
this.hits=[];
this.proving=new Map();
this.misses=new Set();
this.texts=this.good=0;
this.left=0;
this.failures=[];
}
async prepare(){
let o_=this.chosen.sort!=="date";
let f7=o_?await this.engine.boundAdjacent(this.parsed):null;
let g8=await this.passFilters(h5);
let b2=[];
this.all.slots.forEach(($$,at)=>{
let key=()=>this.key($$,this.all.classes[at],f7&&f7[$$]);
if(g8($$))b2.push(o_?key():$$);
});
this.queue=Float64Array.from(b2).sort();
this.left=this.queue.length;
}
key($$,d9,f7){
let q8=this.index.answers[$$]&&d9>=e_?1:0;
let r8=this.index.withdrawn[$$]?0:1;
return(((q8*8+d9)*2+(f7?1:0))*2+r8)*h7+$$;
}
get total(){
return this.hits.length+this.left;
}
get isExact(){
return this.left===0||(this.certain&&this.failures.length===0);
}
year($$){
let h1=this.index.manifest.years;
let at=h1.length - 1;
while(at>0&&h1[at][1]>$$)at--;
return h1.length?h1[at][0]:0;
}
async passFilters(b$){
let k0=b$.filter(($1)=>this.chosen.filters[$1]!==undefined);
let u0=await Promise.all(
k0.map(async($1)=>{
let _5=String(this.chosen.filters[$1]);
if($1==="year")return($$)=>String(this.year($$))===_5;
let g$=(await this.index.values($1)).findIndex(($_)=>$_[0]===_5);
let b5=await this.index.cards($1,this.all.slots);
return($$)=>b5[$$]===g$;
})
);
return($$)=>u0.every((u_)=>u_($$));
}
async countFacets(b$){
let c7={};
let b3=this.all.slots.filter(($$)=>!this.misses.has($$));
for(let $1 of b$){
let g8=await this.passFilters(h5.filter((j4)=>j4!==$1));
let d2=new Map();
if($1==="year"){
for(let $$ of b3)
if(g8($$))d2.set(this.year($$),(d2.get(this.year($$))||0)+1);
c7.year=Array.from(d2,($_)=>({id:String($_[0]),name:String($_[0]),count:$_[1]}))
.filter(($_)=>$_.id!=="0")
.sort((a,b)=>b.id - a.id);
continue;
}
let values=await this.index.values($1);
let b5=values.length>1?await this.index.cards($1,this.all.slots):[];
for(let $$ of values.length>1?b3:[])
if(g8($$))d2.set(b5[$$],(d2.get(b5[$$])||0)+1);
c7[$1]=Array.from(d2,($_)=>({id:values[$_[0]][0],name:values[$_[0]][1],count:$_[1]}))
.filter(($_)=>$_.id)
.sort((a,b)=>b.count - a.count||_7.compare(a.id,b.id));
}
return c7;
}
async page(a_,a$,show){
let s3=this.texts+q_;
let b2=this.queue;
while(this.hits.length<a_+a$&&this.left){
let $$=b2[this.left - 1] % h7;
if(!this.proving.has($$)){
if(this.texts>=s3)break;
let k0=(a_+a$ - this.hits.length)/ Math.max(p7,this.good / this.texts||1);
let j7=Math.min(this.left,q$,Math.ceil(k0));
for(let at=this.left;at-->this.left - j7;){
let j3=b2[at] % h7;
if(!this.proving.has(j3))this.proving.set(j3,this.prove(j3));
}
}
let _$=await this.proving.get($$);
let at=--this.left;
if(!_$)continue;
if(at&&_$.rank<b2[at - 1]){
for(;at&&_$.rank<b2[at - 1];at--)b2[at]=b2[at - 1];
b2[at]=_$.rank;
this.left++;
}else if(this.hits.push(_$)>a_&&show)show(_$);
}
return this.hits.slice(a_,a_+a$);
}
async prove($$){
this.texts++;
let document=await this.read($$);
let m7=document&&this.judge(document);
if(!document)this.failures.push($$);
if(m7){
this.good++;
document.rank=this.chosen.sort==="date"?$$:m7.key;
return document;
}
this.misses.add($$);
return null;
}
async read($$){
try{
let d3=await this.index.text($$);
if(d3[19]===1)await this.engine.loadTraditional();
else if(d3[19])_7.useSimplified(d3[19]);
let document={slot:$$};
p1.forEach(($4,at)=>(document[$4]=d3[at]));
if(typeof document.key==="number")document.key=document.url.slice(0,document.key);
await this.foldDocument(document);
return document;
}catch(a2){
if(!(a2 instanceof _7.PartError))throw a2;
this.failure=a2;
return null;
}
}
async foldDocument(document){
let b$=this.index.manifest.facets;
let $4=($1)=>(b$[$1].find(($_)=>$_[0]===document[$1])||["",""])[1];
let d$=[document.summary,document.issuer,$4("column"),$4("topic"),$4("domain")];
let c1=d$.concat(document.elements,document.text.split("\n")).map((_0)=>({line:_0}));
document.attachments.forEach((d4)=>
[d4[0]].concat(d4[2].split("\n")).forEach((_0)=>c1.push({line:_0,file:d4}))
);
for(let c0=0;c0<document.pieces;c0++)
for(let piece of await this.index.piece(document.slot,c0))
for(let _0 of piece[1].split("\n"))c1.push({line:_0,file:document.attachments[piece[0]]});
let g_=(_0)=>_7.fold(_0).replace(/\n/g,"");
document.places=c1;
document.folded={
title:g_(document.title),
numbers:[document.docNo,document.indexNo].map(g_),
keywords:document.keywords.map(g_),
column:g_($4("column")),
body:c1.map(($8)=>_7.fold($8.line)),
};
}
judge(document){
let $5=document.folded;
let d$=[$5.title].concat($5.numbers,$5.keywords,$5.body);
if(this.parsed.excluded.some(($0)=>d$.some((_0)=>_0.indexOf($0.text)>=0)))return null;
let d9=this.parsed.words.length>1?e0:f4;
for(let $0 of this.parsed.words){
let _2=Math.max.apply(null,$0.ways.map(($7)=>this.judgeWay(document,$7)));
if(_2<0)return null;
d9=Math.min(d9,_2);
}
let d1=this.parsed.words.map(($0)=>$0.text);
let u2=d1.slice(1).every(($0,at)=>d$.some((_0)=>_0.indexOf(d1[at]+$0)>=0));
return{key:this.key(document.slot,d9,d1.length>1&&u2)};
}
judgeWay(document,$7){
let $5=document.folded;
if($7.units)return this.judgeUnits(document,$7.units);
let $0=$7.text;
if($5.title===$0||$5.numbers.indexOf($0)>=0)return f4;
let $8=$5.title.indexOf($0);
if($8>=0)return $8?e0:k4;
if($5.numbers.concat($5.keywords).some((_0)=>_0.indexOf($0)>=0))return e_;
let a4=$5.body.reduce((j8,_0)=>j8+r1(_0,$0),0);
return a4>1?q3:a4 - 1;
}
judgeUnits(document,b4){
let $5=document.folded;
let d$=[$5.title].concat($5.keywords,$5.column);
let read=Array.from(d$.join("\n"),($6)=>this.engine.usual.get($6)||"");
for(let n9 of document.rare?document.rare.split(" "):[])
read[parseInt(n9,10)]=n9.replace(/^\d+/,"");
let _0=(a_,to)=>_7.findUnits(b4,read.slice(a_,to),this.engine.whole)>=0;
let o4=Array.from($5.title).length;
let m9=Array.from(d$.slice(0,-1).join("\n")).length;
if(_0(0,o4))return e0;
if(_0(o4+1,m9))return e_;
return _0(m9+1)?0:-1;
}
}
Object.assign(_7,{Answer:h2,Engine:p0,FACETS:h5,planGrams:n7});
})(window);
(function(){
"use strict";
let f5=10;
let q4=24;
let h8=120;
let q2=12;
let q0=5;
let l$=300;
let p3=6;
let q7="(min-width: 60rem)";
let o6=20000;
let o7=2000;
let $=(id)=>document.getElementById(id);
let _3=(u$,l2,text)=>{
let e4=document.createElement(u$);
if(l2)e4.className=l2;
if(text)e4.textContent=text;
return e4;
};
function j6(){
let _9=location.hash.indexOf("q=")===1?location.hash.slice(1):location.search;
let e6=new URLSearchParams(_9);
let __={query:e6.get("q")||"",sort:e6.get("sort")==="date"?"date":"relevance",filters:{}};
__.page=Math.max(1,parseInt(e6.get("page"),10)||1);
for(let $1 of window.GovsiteSearch.FACETS)if(e6.get($1)!==null)__.filters[$1]=e6.get($1);
return __;
}
function u5(__){
let _9=new URLSearchParams();
_9.set("q",__.query);
if(__.sort==="date")_9.set("sort","date");
for(let $1 of Object.keys(__.filters))_9.set($1,__.filters[$1]);
if(__.page>1)_9.set("page",__.page);
try{
history.pushState(null,"","?"+_9);
}catch(u6){
location.hash=_9;
}
}
function j0(e4,text,_8){
let $5=window.GovsiteSearch.foldWithPlaces(text);
let d7=new Uint8Array(text.length);
for(let $0 of _8)
for(let at=$5.text.indexOf($0);at>=0;at=$5.text.indexOf($0,at+1))
d7.fill(1,$5.at[at],$5.at[at+$0.length - 1]+1);
for(let at=0;at<text.length;){
let a1=at+1;
while(a1<text.length&&(d7[a1]===d7[at]||i8(text,a1)))a1++;
let piece=text.slice(at,a1);
e4.appendChild(d7[at]?_3("mark","",piece):document.createTextNode(piece));
at=a1;
}
}
function i8(text,at){
let _1=text.charCodeAt(at);
return _1>=0xdc00&&_1<0xe000;
}
function r2(_$,_8){
let c1=_$.places.filter(($8,at)=>!at||at>=q0);
let r0=($8)=>_8.some(($0)=>window.GovsiteSearch.fold($8.line).indexOf($0)>=0);
let s$=($8)=>$8.line.length>=q2&&!/[:\uff1a]\s*$/.test($8.line);
let text=c1.slice(1);
let $8=c1.find(r0)||(_$.summary?c1[0]:text.find(s$)||text.find(($_)=>$_.line.trim()));
if(!$8)return{text:""};
let n1=window.GovsiteSearch.foldWithPlaces($8.line);
let a4=_8.map(($0)=>n1.text.indexOf($0)).filter(($_)=>$_>=0);
let a_=a4.length?Math.max(0,n1.at[Math.min.apply(null,a4)] - q4):0;
let f0=i8($8.line,a_)?a_ - 1:a_;
let a1=i8($8.line,f0+h8)?f0+h8+1:f0+h8;
let c5=(f0?"…":"")+$8.line.slice(f0,a1)+(a1<$8.line.length?"…":"");
return{text:c5,file:$8.file};
}
class q1{
constructor(_6){
this.box=_6;
this.words=JSON.parse($("search-words").textContent);
this.root=_6.dataset.root;
this.engine=new window.GovsiteSearch.Engine(_6.dataset.index);
this.turn=0;
this.engine.index.open().catch(()=>0);
this.listen();
this.show(j6());
}
say(key,c9){
return this.words[key].replace(/\{(\w+)\}/g,(c6,$4)=>(c9&&$4 in c9?c9[$4]:c6));
}
listen(){
this.box.querySelector("form").addEventListener("submit",(event)=>{
event.preventDefault();
this.go({query:$("search-query").value,sort:this.state.sort,filters:{},page:1});
});
let k$=$("search-query");
k$.oninput=()=>{
clearTimeout(this.timer);
this.timer=setTimeout(()=>/.[^ -~]$/.test(k$.value)&&this.engine.ask(k$.value).then(($2)=>$2.page(0,f5)).catch(()=>0),250);
};
$("search-sort").addEventListener("change",(event)=>this.change({sort:event.target.value,page:1}));
$("search-clear").addEventListener("click",()=>this.change({filters:{},page:1}));
$("search-filters").addEventListener("toggle",()=>$("search-filters").open&&this.showFacets());
window.addEventListener("popstate",()=>this.show(j6()));
window.addEventListener("hashchange",()=>this.show(j6()));
document.addEventListener("keydown",(event)=>{
if(event.key!=="/"||/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName))return;
event.preventDefault();
$("search-query").focus();
});
}
change(t7){
return this.go(Object.assign({},this.state,t7));
}
go(__){
let c5=this.show(__);
let t5=new Promise((e3)=>setTimeout(e3,l$));
Promise.race([c5,t5]).then(()=>this.state===__&&u5(__));
return c5;
}
async show(__){
let f2=++this.turn;
this.state=__;
$("search-query").value=__.query;
$("search-sort").value=__.sort;
$("search-problem").hidden=true;
if(!__.query.trim())return this.showNothing("");
let o2=$("search-status");
o2.textContent="";
this.box.setAttribute("aria-busy","true");
setTimeout(()=>{
if(f2===this.turn&&this.box.hasAttribute("aria-busy"))o2.textContent=this.say("loading");
},l$);
try{
let $2=await this.engine.ask(__.query,{sort:__.sort,filters:__.filters});
let a_=(__.page - 1)*f5;
let _8=null;
let a4=await $2.page(a_,f5,(_$)=>{
if(f2!==this.turn)return;
_8=_8||this.beginHits($2,a_);
$("search-hits").appendChild(this.drawHit(_$,_8));
});
if(f2===this.turn)this.showAnswer($2,a4);
}catch(a2){
if(f2===this.turn)this.showProblem(a2);
}
if(f2===this.turn)this.box.removeAttribute("aria-busy");
return undefined;
}
showNothing(text){
$("search-status").textContent=text;
$("search-found").hidden=true;
this.box.removeAttribute("aria-busy");
}
showProblem(a2){
if(!(a2 instanceof window.GovsiteSearch.PartError))throw a2;
this.showNothing("");
$("search-problem").textContent=this.say(a2.reason,{part:a2.part});
$("search-problem").hidden=false;
}
showAnswer($2,a4){
this.answer=$2;
if($2.parsed.tooLong)return this.showNothing(this.say("too_long"));
let i3=Object.keys(this.state.filters).length>0;
if(!a4.length&&!i3&&!$2.failures.length)
return this.showNothing(this.say("none",{query:this.state.query.trim()}));
let a$=this.say($2.isExact?"total":"about",{count:$2.total});
let page=this.state.page>1?" "+this.say("page",{page:this.state.page}):"";
$("search-status").textContent=a4.length?a$+page:this.say("none_filtered");
if(!a4.length)this.beginHits($2,0);
$("search-hits").style.minHeight="";
this.showFailures($2);
this.showPages($2);
let d5=$("search-filters");
let t6=this.engine.index.manifest.documents<=o6;
if(i3||(t6&&window.matchMedia(q7).matches&&!this.touched))d5.open=this.touched=true;
$("search-clear").hidden=!i3;
if(d5.open)requestAnimationFrame(()=>setTimeout(()=>this.showFacets()));
}
showFailures($2){
if(!$2.failures.length)return;
let d0=this.say($2.failure.reason,{part:$2.failure.part});
$("search-problem").textContent=this.say("skipped",{count:$2.failures.length,part:d0});
$("search-problem").hidden=false;
}
beginHits($2,a_){
let list=$("search-hits");
$("search-found").hidden=false;
list.style.minHeight=list.offsetHeight+"px";
list.textContent="";
list.start=a_+1;
return [].concat.apply([],$2.parsed.words.map(($0)=>$0.ways.map(($7)=>$7.text))).filter((text)=>text);
}
drawHit(_$,_8){
let g2=_3("li","search-hit");
let g1=_3("h3","search-title");
if(_$.kind==="question")g1.appendChild(_3("span","search-answer",this.say("answers")));
let j$=_3("a");
j$.href=this.root+_$.url;
j0(j$,_$.title,_8);
g1.appendChild(j$);
for(let m3 of _$.interpretations){
let i_=_3("a","search-interpretation",this.say("interpretation"));
i_.href=this.root+m3[1];
i_.title=m3[0];
g1.appendChild(i_);
}
g2.appendChild(g1);
let c9=_3("p","search-facts");
let b$=this.engine.index.manifest.facets;
let $4=($1)=>(b$[$1].find(($_)=>$_[0]===_$[$1])||["",""])[1];
for(let l7 of [_$.docNo,_$.issuer,$4("column"),_$.published]){
if(!l7)continue;
let o1=_3("span");
j0(o1,l7,_8);
c9.appendChild(o1);
}
if(_$.validity)c9.appendChild(_3("span",_$.inForce?"search-valid":"search-invalid",$4("validity")));
g2.appendChild(c9);
let f_=r2(_$,_8);
let text=_3("p","search-snippet");
if(f_.file){
let d4=_3("a","search-file",this.say("in_attachment")+" "+f_.file[0]);
d4.href=this.root+f_.file[1];
text.appendChild(d4);
}
j0(text,f_.text,_8);
if(f_.text)g2.appendChild(text);
return g2;
}
showPages($2){
let g6=$("search-pages");
let d6=Math.max(1,Math.ceil($2.total / f5));
g6.textContent="";
g6.hidden=d6===1&&this.state.page===1;
let l_=(key,page,t_)=>{
let b0=_3("button","search-page",this.say(key));
b0.type="button";
b0.disabled=!t_;
b0.addEventListener("click",()=>this.turnTo(page));
g6.appendChild(b0);
};
l_("previous",this.state.page - 1,this.state.page>1);
g6.appendChild(_3("span","search-at",this.say("page",{page:this.state.page})));
l_("next",this.state.page+1,this.state.page<d6);
}
async turnTo(page){
await this.change({page:page});
$("search-results").focus();
}
async showFacets(){
let $2=this.answer;
if(!$2||$2.empty)return;
try{
let n$=this.state.filters.issuer===undefined&&this.engine.index.manifest.documents>o7;
let b$=window.GovsiteSearch.FACETS.filter(($1)=>$1!=="issuer"||!n$);
let c7=await $2.countFacets(b$);
if($2!==this.answer)return;
let _6=$("search-facets");
_6.textContent="";
for(let $1 of b$){
let values=c7[$1];
if(values.length>1||this.state.filters[$1]!==undefined)_6.appendChild(this.drawFacet($1,values));
}
if(n$)_6.appendChild(this.drawIssuers($2));
}catch(a2){
this.showProblem(a2);
}
}
drawIssuers($2){
let _6=_3("details","search-facet");
_6.appendChild(_3("summary","",this.say("issuer")));
_6.addEventListener("toggle",async()=>{
if(_6.lastChild.tagName==="FIELDSET")return;
try{
let c7=await $2.countFacets(["issuer"]);
if(_6.children.length<2)_6.appendChild(this.drawFacet("issuer",c7.issuer));
}catch(a2){
this.showProblem(a2);
}
});
return _6;
}
drawFacet($1,values){
let b_=_3("fieldset","search-facet");
b_.appendChild(_3("legend","",this.say($1)));
let c$=this.state.filters[$1];
let c5=values.filter((_5,at)=>at<p3||_5.id===c$);
let l5=(_5)=>{
let b0=_3("button","search-value",_5.name+" ");
b0.type="button";
b0.appendChild(_3("span","search-count",String(_5.count)));
b0.setAttribute("aria-pressed",String(_5.id===c$));
b0.addEventListener("click",()=>this.choose($1,_5.id===c$?undefined:_5.id));
b_.appendChild(b0);
};
c5.forEach(l5);
let a5=values.filter((_5)=>c5.indexOf(_5)<0);
if(!a5.length)return b_;
let g5=_3("button","search-more",this.say("more",{count:a5.length}));
g5.type="button";
g5.addEventListener("click",()=>{
g5.remove();
a5.forEach(l5);
b_.querySelectorAll(".search-value")[c5.length].focus();
});
b_.appendChild(g5);
return b_;
}
choose($1,_5){
let d5=Object.assign({},this.state.filters);
delete d5[$1];
if(_5!==undefined)d5[$1]=_5;
return this.change({filters:d5,page:1});
}
}
document.addEventListener("DOMContentLoaded",()=>{
let _6=$("search");
if(_6&&window.GovsiteSearch&&window.GovsiteSearch.Engine)window.govsiteSearchPage=new q1(_6);
});
})();
